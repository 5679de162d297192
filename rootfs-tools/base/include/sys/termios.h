/* sys/termios.h -- the same as termios.h. */
#include <termios.h>
