# libdl.a: the names of libc.a's dlopen family.
set(dir ${BASE_SRC}/libdl)
guest_member(dl32 32 libdl/shr.o OPTIONS -lc -bE:${dir}/dl.exp DEPENDS ${dir}/dl.exp ${BASE_LIB}/libc.a)
guest_member(dl64 64 libdl/shr_64.o OPTIONS -lc -bE:${dir}/dl.exp DEPENDS ${dir}/dl.exp ${BASE_LIB}/libc.a)
guest_archive(dl ${dl32} ${dl64})
