# libm.a: newlib's mathematics (Sun's, ARM's and others' code under permissive licences), from Debian's package newlib-source, compiled for both
# widths. On AIX, too, libm is linked statically. Only libm/math, libm/common, libm/complex and the headers they need are unpacked; nothing of
# the package stands in this tree. Its copyright file goes beside the library.
set(NEWLIB_TAR /usr/src/newlib/newlib-3.3.0.tar.xz)
if(NOT EXISTS ${NEWLIB_TAR})
  message(FATAL_ERROR "libm.a is made from ${NEWLIB_TAR}: install the package newlib-source (./setup packages does)")
endif()
set(newlib ${BASE_OBJ}/newlib-salsa)
if(NOT EXISTS ${newlib}/unpacked_complex)
  message(STATUS "unpacking newlib's mathematics")
  execute_process(COMMAND ${CMAKE_COMMAND} -E tar xJf ${NEWLIB_TAR} newlib-salsa/newlib/libm/math newlib-salsa/newlib/libm/common newlib-salsa/newlib/libm/complex
                          newlib-salsa/newlib/libc/include newlib-salsa/COPYING.NEWLIB
                  WORKING_DIRECTORY ${BASE_OBJ} COMMAND_ERROR_IS_FATAL ANY)
  # What newlib's configuration would write.
  file(WRITE ${newlib}/configured/_newlib_version.h
       "#define _NEWLIB_VERSION \"3.3.0\"\n#define __NEWLIB__ 3\n#define __NEWLIB_MINOR__ 3\n#define __NEWLIB_PATCHLEVEL__ 0\n")
  file(WRITE ${newlib}/configured/newlib.h
       "#include <_newlib_version.h>\n#define _LDBL_EQ_DBL 1\n#define _MB_LEN_MAX 8\n#define _WANT_IO_LONG_LONG 1\n")
  file(WRITE ${newlib}/unpacked_complex "")
endif()
file(COPY ${newlib}/COPYING.NEWLIB DESTINATION ${BASE_DIR}/usr/share/licences)
file(GLOB libm_sources ${newlib}/newlib/libm/math/*.c ${newlib}/newlib/libm/common/*.c ${newlib}/newlib/libm/complex/*.c)
list(FILTER libm_sources EXCLUDE REGEX "/(w|wf|wr|wrf)_l?gamma\\.c$")      # the wrappers of shim.c take their place
list(FILTER libm_sources EXCLUDE REGEX "/(e|ef)_sqrt\\.c$")                        # root.c
list(FILTER libm_sources EXCLUDE REGEX "/(w|wf|wr|wrf)_tgamma\\.c$|/tgammal\\.c$")       # tgamma.c
list(FILTER libm_sources EXCLUDE REGEX "/cabsl\\.c$")                              # aix.c: newlib's wants a hypotl of its own
set(libm_flags -w -ffreestanding -ffp-contract=off -D__OBSOLETE_MATH=0 -I${newlib}/configured -isystem ${newlib}/newlib/libc/include
    -I${newlib}/newlib/libm/common)
foreach(width 32 64)
  guest_objects(libm${width} ${width} libm SOURCES ${libm_sources} FLAGS ${libm_flags})
  guest_objects(libm_shim${width} ${width} libm SOURCES ${BASE_SRC}/libm/shim.c ${BASE_SRC}/libm/fenv.c ${BASE_SRC}/libm/aix.c ${BASE_SRC}/libm/tgamma.c
    FLAGS -ffp-contract=off)
  guest_objects(libm_root${width} ${width} libm SOURCES ${BASE_SRC}/libm/root.c FLAGS -mcpu=pwr4 -fno-math-errno -fbuiltin)
endforeach()
guest_archive(m ${libm32} ${libm_shim32} ${libm_root32} ${libm64} ${libm_shim64} ${libm_root64})
