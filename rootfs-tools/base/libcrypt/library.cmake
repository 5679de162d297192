# libcrypt.a: the names of libc.a's password functions.
set(dir ${BASE_SRC}/libcrypt)
guest_member(crypt32 32 libcrypt/shr.o OPTIONS -lc -bE:${dir}/crypt.exp DEPENDS ${dir}/crypt.exp ${BASE_LIB}/libc.a)
guest_member(crypt64 64 libcrypt/shr_64.o OPTIONS -lc -bE:${dir}/crypt.exp DEPENDS ${dir}/crypt.exp ${BASE_LIB}/libc.a)
guest_archive(crypt ${crypt32} ${crypt64})
