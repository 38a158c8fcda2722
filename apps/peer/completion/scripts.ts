/**
 * Completion scripts. Each hands the words typed so far to `goliath __complete`, which answers with
 * a line `files` or `words` (whether local files fit too) and then a candidate per line.
 */

const BASH = `# Completion of goliath for bash.
_goliath() {
  local current="\${COMP_WORDS[COMP_CWORD]}" kind="" line
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ -z $kind ]]; then kind=$line; else COMPREPLY+=("$line"); fi
  done < <("$1" __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [[ $kind == files ]]; then
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current")
  fi
  if [[ $kind == files || $current == /* ]]; then compopt -o filenames 2>/dev/null; fi
  if [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == */ ]]; then compopt -o nospace 2>/dev/null; fi
}
complete -F _goliath goliath
`;

const ZSH = `#compdef goliath
# Completion of goliath for zsh.
_goliath() {
  local -a lines open closed
  lines=("\${(@f)$("$words[1]" __complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  open=(\${(M)lines[2,-1]:#*/})
  closed=(\${lines[2,-1]:#*/})
  (( $#open )) && compadd -S '' -- $open
  (( $#closed )) && compadd -- $closed
  [[ $lines[1] == files ]] && _files
}
compdef _goliath goliath
`;

const FISH = `# Completion of goliath for fish.
function __goliath_complete
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  set -l lines (command $words[1] __complete -- $words[2..-1] "$current" 2>/dev/null)
  if test "$lines[1]" = files
    __fish_complete_path "$current"
  end
  printf '%s\\n' $lines[2..-1]
end
complete -c goliath -f -a '(__goliath_complete)'
`;

export const COMPLETION_SCRIPTS = { bash: BASH, zsh: ZSH, fish: FISH } as const;
export type Shell = keyof typeof COMPLETION_SCRIPTS;
