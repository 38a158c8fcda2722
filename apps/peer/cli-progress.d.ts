/** The part of cli-progress that is used here; the package brings no types. */
declare module "cli-progress" {
  interface Options {
    stream: NodeJS.WritableStream;
    format: string;
    barsize: number;
    hideCursor: boolean;
    clearOnComplete: boolean;
    /** Redraws a second. */
    fps: number;
    linewrap: boolean;
  }

  interface Preset {
    barCompleteChar: string;
    barIncompleteChar: string;
  }

  export class SingleBar {
    constructor(options: Partial<Options>, preset: Preset);
    start(total: number, value: number, payload: Record<string, string>): void;
    update(value: number, payload: Record<string, string>): void;
    setTotal(total: number): void;
    stop(): void;
  }

  export const Presets: { shades_classic: Preset };
  const module: { SingleBar: typeof SingleBar; Presets: typeof Presets };
  export default module;
}
