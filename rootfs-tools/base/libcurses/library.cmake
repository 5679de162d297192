# libcurses.a (shr42.o, shr42_64.o), libxcurses.a (shr4.o, shr4_64.o: the same names handed on), curses.h and its like, and terminal
# descriptions: ncurses (MIT licence), from Debian's source package as tests/inputs/fetch unpacks it. Rebuilt when the script changes, not
# with every change of libc, whose names are all it needs.
set(dir ${BASE_SRC}/libcurses)
set(ncurses ${CMAKE_BINARY_DIR}/inputs/programs/ncurses)
if(NOT EXISTS ${ncurses}/configure)
  message(STATUS "no libcurses.a: ${ncurses} is not there (tests/inputs/fetch build/inputs libraries)")
  return()
endif()
file(COPY ${ncurses}/COPYING DESTINATION ${BASE_DIR}/usr/share/licences/ncurses)
set(curses_members)
set(curses_files)
set(work ${BASE_OBJ}/libcurses)
foreach(pair IN ITEMS "32:shr42.o" "64:shr42_64.o")
  string(REPLACE ":" ";" pair ${pair})
  list(GET pair 0 width)
  list(GET pair 1 member)
  add_custom_command(OUTPUT ${work}/${member} COMMAND ${dir}/build ${width} ${ncurses} ${work}/${width} ${AIXCC} ${work}/${member}
    DEPENDS ${dir}/build COMMENT "libcurses/${member} (a minute or two)" VERBATIM)
  list(APPEND curses_members ${work}/${member})
endforeach()
set(headers curses.h term.h termcap.h unctrl.h ncurses_dll.h)
set(archive ${BASE_LIB}/libcurses.a)
list(TRANSFORM headers PREPEND ${work}/32/include/ OUTPUT_VARIABLE built)
set(installed ${headers})
list(TRANSFORM installed PREPEND ${BASE_DIR}/usr/include/)
add_custom_command(OUTPUT ${archive} ${installed}
  COMMAND ${CMAKE_COMMAND} -E rm -f ${archive}
  COMMAND ${CMAKE_COMMAND} -E env OBJECT_MODE=32_64 ${LLVM_AR} --format=bigarchive rc ${archive} ${curses_members}
  COMMAND ${CMAKE_COMMAND} -E copy ${built} ${BASE_DIR}/usr/include
  DEPENDS ${curses_members} COMMENT "libcurses.a" VERBATIM)
set(terminfo ${BASE_DIR}/usr/share/lib/terminfo)
find_package(Python3 COMPONENTS Interpreter REQUIRED)
add_custom_command(OUTPUT ${terminfo}.src
  COMMAND ${CMAKE_COMMAND} -E make_directory ${terminfo}
  COMMAND ${Python3_EXECUTABLE} ${dir}/terminfo.py ${ncurses}/misc/terminfo.src ${terminfo} $<TARGET_FILE:aixrun> --no-cache ${work}/32/progs/tic
  DEPENDS ${dir}/terminfo.py ${work}/shr42.o COMMENT "terminal descriptions" VERBATIM)
foreach(pair IN ITEMS "32:shr4.o:shr42.o" "64:shr4_64.o:shr42_64.o")
  string(REPLACE ":" ";" pair ${pair})
  list(GET pair 0 width)
  list(GET pair 1 member)
  guest_member(xcurses${width} ${width} libxcurses/${member} OPTIONS -lcurses -bE:${work}/${width}/curses.exp DEPENDS ${archive})
endforeach()
guest_archive(xcurses ${xcurses32} ${xcurses64})
list(REMOVE_ITEM base_files ${BASE_LIB}/libxcurses.a)
# What the script calls must be built first, without making it run again: dependencies of the target, not of the commands.
add_custom_target(curses ALL DEPENDS ${archive} ${terminfo}.src ${BASE_LIB}/libxcurses.a)
add_dependencies(curses base aixcc xcoff_link aixrun)
install(FILES ${installed} DESTINATION lib/vwpar/base/usr/include)
