# What bash would offer behind some words: complete.sh COMPLETION PROGRAM-FOLDER
source "$1"
PATH=$2:$PATH
compopt() { :; }
offer() {
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
  _bootorder
  echo "$*: $(printf '%s\n' "${COMPREPLY[@]}" | LC_ALL=C sort | paste -sd' ')"
}
offer bootorder ch
offer bootorder check --fail-on n
offer bootorder rules ''
offer bootorder -p x check --explain-l
offer bootorder explain f --rule early-gf
offer bootorder capture -- m
