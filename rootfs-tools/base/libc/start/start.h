/* start.h -- begin and end of a process. */
#ifndef LIBC_START_H
#define LIBC_START_H

void __mod_init(void);
void __mod_fini(void);      /* run the termination functions of the modules, last initialised first */
void __mod_fini_closed(void);   /* of modules that dlclose() left without users */
void _cleanup(void);        /* stdio: flush every stream */

#endif
