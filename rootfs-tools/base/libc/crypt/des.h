/* des.h -- DES on arrays of one bit a byte, as setkey and encrypt have it. */
#ifndef LIBC_DES_H
#define LIBC_DES_H

struct des {
    unsigned char subkey[16][48];
    unsigned char expansion[48];        /* E, with the salt's exchanges */
};

void __des_expansion(struct des *d, unsigned salt);
void __des_key(struct des *d, const unsigned char key[64]);
void __des_run(const struct des *d, unsigned char block[64], int decrypt);

#endif
