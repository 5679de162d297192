/* command.h -- the WPAR commands, as wpar.c's table knows them.
 *
 * Each takes argc/argv with its own name in argv[0] and returns the exit status. Messages go to stderr as "NAME: text".
 */
#ifndef ROOTFS_TOOLS_COMMAND_H
#define ROOTFS_TOOLS_COMMAND_H

int mkwpar_main(int argc, char **argv);
int lswpar_main(int argc, char **argv);
int startwpar_main(int argc, char **argv);
int stopwpar_main(int argc, char **argv);
int rebootwpar_main(int argc, char **argv);
int chwpar_main(int argc, char **argv);
int savewpar_main(int argc, char **argv);
int restwpar_main(int argc, char **argv);
int restwparfiles_main(int argc, char **argv);
int lssavewpar_main(int argc, char **argv);
int mkwpardata_main(int argc, char **argv);
int rmwpar_main(int argc, char **argv);
int clogin_main(int argc, char **argv);
int wparexec_main(int argc, char **argv);
int image_main(int argc, char **argv);
int translate_main(int argc, char **argv);
int cache_main(int argc, char **argv);
int base_rootfs_main(int argc, char **argv);

#endif
