# libiconv.a: shr4.o, shr4_64.o. Its tables are made at build time (tables.py).
set(dir ${BASE_SRC}/libiconv)
find_package(Python3 COMPONENTS Interpreter REQUIRED)
set(tables ${BASE_OBJ}/libiconv/tables.c)
file(MAKE_DIRECTORY ${BASE_OBJ}/libiconv)
add_custom_command(OUTPUT ${tables} COMMAND ${Python3_EXECUTABLE} ${dir}/tables.py ${tables} DEPENDS ${dir}/tables.py
  COMMENT "code set tables" VERBATIM)
foreach(pair IN ITEMS "32:shr4.o" "64:shr4_64.o")
  string(REPLACE ":" ";" pair ${pair})
  list(GET pair 0 width)
  list(GET pair 1 member)
  guest_objects(iconv${width} ${width} libiconv SOURCES ${dir}/iconv.c ${tables} FLAGS -I${dir})
  guest_member(iconv_member${width} ${width} libiconv/${member} OBJECTS ${iconv${width}} OPTIONS -lc -bE:${dir}/iconv.exp
    DEPENDS ${dir}/iconv.exp ${BASE_LIB}/libc.a)
endforeach()
guest_archive(iconv ${iconv_member32} ${iconv_member64})
