/* directory_offset.h -- directory positions of the host in the 32 bits that a 32-bit guest has for them.
 *
 * Positions on the host are 63-bit cookies. Those that do not fit are remembered and stand for by tokens, which
 * seekdir() brings back through lseek.
 */
#ifndef SYSCALLS_DIRECTORY_OFFSET_H
#define SYSCALLS_DIRECTORY_OFFSET_H

#include <stdbool.h>
#include <stdint.h>

enum { DIRECTORY_TOKEN = 0x40000000, DIRECTORY_TOKENS = 1 << 16 };

bool directory_offset_is_directory(int fd);

/* What a 32-bit guest gets for a cookie. */
uint32_t directory_offset_token(uint64_t cookie);

/* May `offset` be a token? Then resolve it: the cookie if fd is a directory, else the offset itself. Tokens are
 * forgotten after DIRECTORY_TOKENS further ones. */
bool directory_offset_is_token(int64_t offset);
int64_t directory_offset_resolve(int fd, int64_t offset);

#endif
