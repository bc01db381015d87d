# Runs a command two times, one after the other.
"$@"
"$@"
