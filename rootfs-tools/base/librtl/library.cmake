# librtl.a: shr.o, shr_64.o.
set(dir ${BASE_SRC}/librtl)
guest_objects(rtl32 32 librtl SOURCES ${dir}/rtl.c)
guest_objects(rtl64 64 librtl SOURCES ${dir}/rtl.c)
guest_member(rtl_member32 32 librtl/shr.o OBJECTS ${rtl32} OPTIONS -bE:${dir}/rtl.exp DEPENDS ${dir}/rtl.exp)
guest_member(rtl_member64 64 librtl/shr_64.o OBJECTS ${rtl64} OPTIONS -bE:${dir}/rtl.exp DEPENDS ${dir}/rtl.exp)
guest_archive(rtl ${rtl_member32} ${rtl_member64})
