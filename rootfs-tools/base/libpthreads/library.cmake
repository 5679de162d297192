# libpthreads.a: shr_comm.o (data), shr_xpg5.o, shr_xpg5_64.o (data included).
set(dir ${BASE_SRC}/libpthreads)
file(GLOB sources CONFIGURE_DEPENDS ${dir}/*.c)
guest_objects(threads32 32 libpthreads SOURCES ${sources})
guest_objects(threads64 64 libpthreads SOURCES ${sources} ${dir}/comm/comm.c)
guest_objects(comm32 32 libpthreads SOURCES ${dir}/comm/comm.c)
guest_member(comm_member 32 libpthreads/shr_comm.o OBJECTS ${comm32}
  OPTIONS -bE:${dir}/comm.exp DEPENDS ${dir}/comm.exp)
guest_member(threads_member32 32 libpthreads/shr_xpg5.o OBJECTS ${threads32}
  OPTIONS -bI:${dir}/comm.imp -lc -bI:${UNIX_IMP} -bE:${dir}/pthreads.exp
  DEPENDS ${dir}/pthreads.exp ${dir}/comm.imp ${BASE_LIB}/libc.a)
guest_member(threads_member64 64 libpthreads/shr_xpg5_64.o OBJECTS ${threads64}
  OPTIONS -lc -bI:${UNIX_IMP} -bE:${dir}/pthreads.exp DEPENDS ${dir}/pthreads.exp ${BASE_LIB}/libc.a)
guest_archive(pthreads ${comm_member} ${threads_member32} ${threads_member64})

# libpthread.a is the same library under its other name: its members hand the names on, so that there is one set of
# threads.
set(needs ${dir}/pthreads.exp ${BASE_LIB}/libpthreads.a)
guest_member(again_comm 32 libpthread/shr_comm.o OPTIONS -lpthreads -bE:${dir}/comm.exp
  DEPENDS ${dir}/comm.exp ${needs})
guest_member(again32 32 libpthread/shr_xpg5.o OPTIONS -lpthreads -bE:${dir}/pthreads.exp DEPENDS ${needs})
guest_member(again64 64 libpthread/shr_xpg5_64.o OPTIONS -lpthreads -bE:${dir}/pthreads.exp DEPENDS ${needs})
guest_archive(pthread ${again_comm} ${again32} ${again64})
