/**
 * What a seed is about. Everything at once gets nowhere: a drive whose disks fail all the time never
 * comes to the moment at which an answer is lost. So each seed has much of one kind of trouble, and
 * the work that meets it; `mixed` has a little of all.
 */

import type { IndexServerInit } from "@goliath/index";

export type FaultName =
  | "kill peer"
  | "doom peer"
  | "cut power"
  | "kill index"
  | "doom index"
  | "restore"
  | "partition"
  | "stall"
  | "narrow"
  | "jump"
  | "fill"
  | "fail disk"
  | "rot"
  | "cut power there"
  | "unmount"
  | "next day"
  | "leave"
  | "die"
  | "join"
  | "rot kept"
  | "drain";

export type ActionName =
  | "share"
  | "mirror"
  | "unshare"
  | "unmirror"
  | "put"
  | "put tree"
  | "append"
  | "mkdir"
  | "rm"
  | "mv"
  | "restore"
  | "read"
  | "list"
  | "look back"
  | "check served"
  | "put copies"
  | "set policy";

export interface Profile {
  /** What goes wrong: a seed takes about half of these, each as often as it stands here. */
  faults: readonly FaultName[];
  /** Milliseconds between two faults, at most. */
  faultPauseMs: number;
  /** What is asked of peers, and how often each. */
  work: Partial<Record<ActionName, number>>;
  /** Whether shares and mirrors are there when trouble begins. */
  isFurnished: boolean;
  /** Files each shares then. */
  files: number;
  /** Things begun at least, and how many more there may be. */
  steps: readonly [least: number, more: number];
  /** Milliseconds between two beginnings, at most. */
  pauseMs: number;
  /** How much of what is done is done by hand, from 0 to 1. */
  byHand: number;
  /** How often something is put, saved or moved where something is already, from 0 to 1. */
  again: number;
  /** How often a user keeps a file open and writes to it later, from 0 to 1. */
  keptOpen: number;
  /** How often a user's hand hits just the moment before a delicate call: one of these. */
  clumsiness: readonly number[];
  /** Whether users leave the folders alone into which something is mirrored. */
  handsOff: boolean;
  /** Whether some of the users' folders are disks of their own. */
  hasMounts: boolean;
  /** How many commits' answers are lost, or late, from 0 to 1. */
  answersLost: number;
  /** How many commits reach the index twice, from 0 to 1. */
  askedTwice: number;
  /** Members that lie about what they hold and send. */
  liars: number;
  /** Members that go on trying after they were put out. */
  revoked: number;
  /** Milliseconds between two tries of whoever is not let in, at most. */
  knockMs: number;
  /** How many seeds have SQLite under the index and not a store in memory, from 0 to 1. */
  sqlite: number;
  /** Peers there are at least, and how many more there may be. */
  peers: readonly [least: number, more: number];
  /** Present where there are keepers. */
  keeping?: Keeping;
}

export interface Keeping {
  /** Keepers there are at least at the beginning, and how many more there may be. */
  keepers: readonly [least: number, more: number];
  /** How many seeds have as many as there can be, from 0 to 1. */
  many: number;
  /** How many seeds have keepers that lie, from 0 to 1, and how many of them at most. */
  lying: number;
  liarsMax: number;
  /** How long the index waits for this and that. */
  copies: NonNullable<IndexServerInit["copies"]>;
}

const MIXED: Profile = {
  faults: [
    "kill peer",
    "doom peer",
    "cut power",
    "kill index",
    "doom index",
    "restore",
    "partition",
    "stall",
    "narrow",
    "jump",
    "fill",
    "fail disk",
    "rot",
  ],
  faultPauseMs: 10_000,
  work: {
    share: 2,
    mirror: 3,
    unshare: 1,
    unmirror: 1,
    put: 3,
    "put tree": 1,
    append: 3,
    mkdir: 1,
    rm: 1,
    mv: 2,
    restore: 1,
    read: 2,
    list: 1,
  },
  isFurnished: false,
  files: 5,
  steps: [20, 60],
  pauseMs: 1_500,
  byHand: 0.5,
  again: 0,
  keptOpen: 0,
  clumsiness: [0, 0.01, 0.1],
  handsOff: false,
  hasMounts: false,
  answersLost: 0,
  askedTwice: 0,
  liars: 0,
  revoked: 0,
  knockMs: 4_000,
  sqlite: 0,
  peers: [2, 4],
};

/** Of one kind of trouble, and long enough to get far in it. */
const FOCUSED: Profile = {
  ...MIXED,
  isFurnished: true,
  steps: [40, 30],
  pauseMs: 800,
  clumsiness: [0],
  again: 0.3,
};

/** Most of what is done is new files in the drive, and mirrors that take them. */
const PUBLISHING = { share: 2, mirror: 4, put: 6, "put tree": 2, append: 1, rm: 1, mv: 1 } as const;

export const PROFILES = {
  mixed: MIXED,
  /** The power goes just after something was called done. */
  power: {
    ...FOCUSED,
    faults: [...repeat("cut power there", 6), "cut power", "kill peer", "partition"],
    faultPauseMs: 2_500,
    work: { ...PUBLISHING, "check served": 3 },
    byHand: 0.3,
    peers: [2, 2],
    sqlite: 0.3,
  },
  /** Answers are lost, late or doubled, after what was asked has been done. */
  lost: {
    ...FOCUSED,
    faults: ["kill peer", "kill index", "kill index", "doom index", "partition", "stall", "narrow"],
    work: { ...MIXED.work, put: 5, append: 10, "look back": 2 },
    byHand: 0.2,
    answersLost: 0.3,
    askedTwice: 0.2,
    sqlite: 0.5,
  },
  /** Some members send other bytes, or none, and claim to hold everything. */
  liars: {
    ...FOCUSED,
    faults: ["kill peer", "partition", "stall", "narrow"],
    work: { ...PUBLISHING, read: 8, "look back": 2 },
    byHand: 0.3,
    liars: 2,
    peers: [2, 3],
  },
  /** Somebody was put out, or comes with what is another's, or of yesterday. */
  strangers: {
    ...FOCUSED,
    faults: ["next day", "next day", "partition", "partition", "kill peer", "kill index", "stall"],
    work: PUBLISHING,
    pauseMs: 1_500,
    byHand: 0.3,
    revoked: 2,
    knockMs: 1_200,
    sqlite: 0.3,
  },
  /** Much changes, and people look at what was. */
  past: {
    ...FOCUSED,
    faults: ["kill peer", "kill index", "partition", "narrow"],
    work: { ...MIXED.work, unmirror: 0, put: 5, rm: 2, mv: 3, read: 4, "look back": 10 },
    handsOff: true,
    sqlite: 0.5,
  },
  /** Users at work in the very folders, with files held open, on disks that come and go. */
  hands: {
    ...FOCUSED,
    faults: ["unmount", "unmount", "unmount", "kill peer", "kill peer", "cut power", "partition"],
    work: { ...MIXED.work, share: 4, mirror: 5, put: 5, "check served": 8 },
    byHand: 0.7,
    again: 0.6,
    keptOpen: 0.25,
    clumsiness: [0.02, 0.1, 0.3],
    hasMounts: true,
    peers: [2, 2],
  },
  /** More files at once than are worked on at once, over lines that are too thin for them. */
  crowd: {
    ...FOCUSED,
    faults: ["narrow", "narrow", "narrow", "kill peer", "kill index", "partition", "stall"],
    work: { ...PUBLISHING, "put tree": 6, mirror: 6, list: 2 },
    files: 30,
    steps: [20, 15],
    byHand: 0.3,
    liars: 1,
    peers: [2, 2],
    sqlite: 0.3,
  },
  /** Keepers come, leave, die, rot, lie, are full; and the index is to keep copies at their number. */
  keepers: {
    ...FOCUSED,
    faults: [
      "kill peer",
      "doom peer",
      "cut power",
      "cut power there",
      "kill index",
      "doom index",
      "partition",
      "stall",
      "fill",
      ...repeat("leave", 3),
      ...repeat("die", 3),
      ...repeat("join", 2),
      "rot kept",
      ...repeat("drain", 2),
    ],
    faultPauseMs: 16_000,
    work: {
      share: 1,
      mirror: 1,
      put: 3,
      "put copies": 8,
      "set policy": 3,
      append: 2,
      rm: 3,
      mv: 2,
      restore: 2,
      read: 2,
      "look back": 1,
    },
    isFurnished: false,
    steps: [50, 50],
    pauseMs: 14_000,
    byHand: 0.1,
    again: 0.5,
    sqlite: 0.1,
    peers: [2, 1],
    keeping: {
      keepers: [4, 3],
      many: 0.04,
      lying: 0.4,
      liarsMax: 2,
      copies: {
        graceMs: 20_000,
        collectDelayMs: 30_000,
        sweepIntervalMs: 20_000,
        auditIntervalMs: 10_000,
      },
    },
  },
} satisfies Record<string, Profile>;

export type ProfileName = keyof typeof PROFILES;

export const PROFILE_NAMES = Object.keys(PROFILES) as ProfileName[];

/** The name of a seed says its profile: `power-12`; a bare number is of the mixed one. */
export function profileOf(seed: string): Profile {
  const [name = ""] = seed.split("-");
  return name in PROFILES ? PROFILES[name as ProfileName] : PROFILES.mixed;
}

/** The seed of a number: of one profile, or else each takes its turn. */
export function seedOf(number: number, profile?: ProfileName): string {
  const name = profile ?? PROFILE_NAMES[number % PROFILE_NAMES.length] ?? "mixed";
  return name === "mixed" ? String(number) : `${name}-${number}`;
}

function repeat(name: FaultName, times: number): FaultName[] {
  return Array.from({ length: times }, () => name);
}
