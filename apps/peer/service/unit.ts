/** The systemd unit of a daemon: pure text. */

/** Longer than the daemon needs to end what is under way. */
const STOP_SECONDS = 45;
const RESTART_SECONDS = 10;
/** Wrong usage or settings, no pass: the next start would end alike. */
const FINAL_EXIT_CODES = "2 4";

export interface UnitInit {
  role: "peer" | "index";
  /** Whether the system's manager runs it, or the user's own. */
  scope: "user" | "system";
  /** The words of its command, absolute. */
  command: readonly string[];
  home: string;
  /** What else it writes: mirrors, the cache of compiled code. */
  writable: readonly string[];
  /** Who it runs as, for a system unit. */
  user: string;
}

/** What needs no privilege to set, so that it holds for a user's own unit too. */
const HARDENED = [
  "NoNewPrivileges=yes",
  "LockPersonality=yes",
  "RestrictRealtime=yes",
  "RestrictSUIDSGID=yes",
  "RestrictNamespaces=yes",
  "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK",
  "SystemCallArchitectures=native",
  "SystemCallFilter=@system-service",
  "SystemCallErrorNumber=EPERM",
];

/**
 * What the system's manager alone can be sure to set: a user's manager needs user namespaces for
 * it, which some systems forbid, and the unit would not start there.
 */
const SEALED = [
  "ProtectSystem=strict",
  "PrivateDevices=yes",
  "ProtectClock=yes",
  "ProtectControlGroups=yes",
  "ProtectHostname=yes",
  "ProtectKernelLogs=yes",
  "ProtectKernelModules=yes",
  "ProtectKernelTunables=yes",
];

export function formatUnit({ role, scope, command, home, writable, user }: UnitInit): string {
  const isSystem = scope === "system";
  return [
    `# Written by \`goliath service install ${role}\`, which writes it anew; put changes of your own into a`,
    "# drop-in (systemctl edit).",
    "[Unit]",
    `Description=Goliath ${role} in ${literal(home)}`,
    ...(isSystem ? ["Wants=network-online.target", "After=network-online.target"] : []),
    "",
    "[Service]",
    // sd_notify needs a datagram socket of the system, which Node does not have: started is what runs.
    "Type=exec",
    `ExecStart=${command.map(quoted).join(" ")}`,
    // Compiled code is kept where it may be written.
    ...(isSystem
      ? [`User=${user}`, `Environment=${quoted(`NODE_COMPILE_CACHE=${home}/compiled`)}`]
      : []),
    "Restart=on-failure",
    `RestartSec=${RESTART_SECONDS}`,
    `RestartPreventExitStatus=${FINAL_EXIT_CODES}`,
    "KillMode=mixed",
    `TimeoutStopSec=${STOP_SECONDS}`,
    "LimitNOFILE=65536",
    ...HARDENED,
    ...(isSystem ? [...SEALED, ...privileges(user)] : []),
    ...(isSystem ? [home, ...writable].map((path) => `ReadWritePaths=${quotedPath(path)}`) : []),
    "",
    "[Install]",
    `WantedBy=${isSystem ? "multi-user.target" : "default.target"}`,
    "",
  ].join("\n");
}

/** Root keeps what lets it read the files it shares: they belong to others. */
function privileges(user: string): string[] {
  const kept = user === "root" ? "CAP_DAC_OVERRIDE CAP_FOWNER CAP_CHOWN" : "";
  return [`CapabilityBoundingSet=${kept}`];
}

/** A word of a command: nothing in it is the manager's. */
function quoted(word: string): string {
  const escaped = word
    .replaceAll("\\", "\\\\")
    .replaceAll('"', String.raw`\"`)
    .replaceAll("$", "$$$$")
    .replaceAll("%", "%%");
  return /^[\w@+=:,./-]+$/u.test(word) ? word : `"${escaped}"`;
}

/** One of the paths of a list: where it is not there yet, the unit starts all the same. */
function quotedPath(path: string): string {
  const escaped = path
    .replaceAll("\\", "\\\\")
    .replaceAll('"', String.raw`\"`)
    .replaceAll("%", "%%");
  return /^[\w@+=:,./-]+$/u.test(path) ? `-${path}` : `"-${escaped}"`;
}

function literal(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]/gu, "?").replaceAll("%", "%%");
}
