" compiler/bootorder.vim: ':compiler bootorder', then ':make -p DIR' fills the quickfix list, chains included.
" Start Vim, or :cd, in the kernel's root: paths are relative to it.
let current_compiler = "bootorder"
CompilerSet makeprg=bootorder\ check\ --max-path\ 0\ $*
CompilerSet errorformat=%f:%l:%c:\ %trror:\ %m,%f:%l:%c:\ %tarning:\ %m,%f:%l:%c:\ %tote:\ %m
CompilerSet errorformat+=%-G\ \ \ \ \ \ \ %.%#,%-G\ \ %[a-z]%.%#,%*[\ ]%f:%l\ %#%m,%-G%.%#
