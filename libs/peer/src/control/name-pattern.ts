/** Patterns of `find`: `*` and `?` as in a shell; without them, a part of the name in any case. */
export function matchesPattern(name: string, pattern: string): boolean {
  if (!/[*?]/u.test(pattern)) return name.toLowerCase().includes(pattern.toLowerCase());
  return matchFrom(name, pattern);
}

/** Greedy matching with one place to come back to: linear but for that, whatever the pattern. */
function matchFrom(name: string, pattern: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let i = 0; i < name.length;) {
    const want = pattern[at];
    if (want === "?" || (want !== "*" && want === name[i])) {
      i++;
      at++;
    } else if (want === "*") {
      star = at++;
      resume = i;
    } else if (star >= 0) {
      at = star + 1;
      i = ++resume;
    } else return false;
  }
  while (pattern[at] === "*") at++;
  return at === pattern.length;
}
