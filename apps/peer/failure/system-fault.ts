/** What the system says of a file (`EACCES: permission denied, open '/a'`), for a person. */
import { GoliathError, type ErrorCode } from "@goliath/protocols/nouns";

/** As Node words it: code, sentence, call, and the file where there is one. */
const SYSTEM_MESSAGE = /^(E[A-Z0-9]+): (.+), \w+(?: '(.+?)')?(?: -> '.+')?$/su;

/** What can be mended by whoever runs the command; everything else is a fault. */
const CODE_OF: Readonly<Record<string, ErrorCode>> = {
  EACCES: "forbidden",
  EPERM: "forbidden",
  EROFS: "forbidden",
  ENOENT: "not-found",
  EEXIST: "exists",
  ENOTDIR: "not-a-directory",
  EISDIR: "is-a-directory",
  ENAMETOOLONG: "bad-request",
  ELOOP: "bad-request",
};

/** A daemon sends no more than the message: it is read, and not the cause. */
export function explainSystemFault(error: GoliathError): GoliathError {
  if (error.code !== "internal") return error;
  const [, system = "", sentence = "", file] = SYSTEM_MESSAGE.exec(error.message) ?? [];
  const code = CODE_OF[system];
  if (!code || file === undefined) return error;
  return new GoliathError(code, `${sentence}: ${file}`, { cause: error, about: { file } });
}
