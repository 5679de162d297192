" What vi has without a .vimrc or .exrc.
set backspace=indent,eol,start ruler
