PATH=$HOME/bin:$PATH
export PATH
