/* crypt.c -- crypt, setkey, encrypt [XSH]: DES 25 times over zeros under a key of the first eight characters, the salt changing E;
 * the answer is the salt and eleven characters of "./0-9A-Za-z". A salt outside that alphabet is EINVAL.
 */
#include <crypt.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>
#include "des.h"

static const char digits[] = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
static struct des current;              /* of setkey, for encrypt */

static int digit(char c)
{
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

char *crypt(const char *password, const char *salt)
{
    static char text[14];
    struct des d;
    unsigned char key[64] = { 0 }, block[66] = { 0 };
    int low = digit(salt[0]), high = low < 0 ? -1 : digit(salt[1]);
    if (high < 0) {
        errno = EINVAL;
        return NULL;
    }
    for (int i = 0; i < 8 && password[i]; i++)
        for (int bit = 0; bit < 7; bit++)
            key[8 * i + bit] = (unsigned char)(password[i] >> (6 - bit) & 1);
    __des_expansion(&d, (unsigned)(high << 6 | low));
    __des_key(&d, key);
    for (int i = 0; i < 25; i++)
        __des_run(&d, block, 0);
    text[0] = salt[0];
    text[1] = salt[1];
    for (int i = 0; i < 11; i++) {
        int value = 0;
        for (int bit = 0; bit < 6; bit++)
            value = value << 1 | block[6 * i + bit];
        text[2 + i] = digits[value];
    }
    memset(&d, 0, sizeof d);
    return text;
}

void setkey(const char *key)
{
    __des_expansion(&current, 0);
    __des_key(&current, (const unsigned char *)key);
}

void encrypt(char block[64], int decrypt) { __des_run(&current, (unsigned char *)block, decrypt); }
