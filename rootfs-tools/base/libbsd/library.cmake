# libbsd.a: objects, linked statically.
foreach(width 32 64)
  guest_objects(bsd${width} ${width} libbsd SOURCES ${BASE_SRC}/libbsd/bsd.c)
endforeach()
guest_archive(bsd ${bsd32} ${bsd64})
