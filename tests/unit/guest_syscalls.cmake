# Programs that stand on /unix alone, for both widths, run by aixrun: interpreted, and translated from the first call on.
foreach(program guest_syscalls guest_files guest_services guest_pointers)
string(REPLACE guest_ "" name ${program})
foreach(width 32 64)
  if(width EQUAL 64)
    set(guest_target --target=powerpc64-ibm-aix5.3 -mcpu=pwr4)
  else()
    set(guest_target --target=powerpc-ibm-aix5.3 -mcpu=ppc)
  endif()
  set(guest_program ${CMAKE_CURRENT_BINARY_DIR}/${program}${width})
  set(unix_imp ${CMAKE_BINARY_DIR}/rootfs-tools/base/obj/unix.imp)
  add_custom_command(OUTPUT ${guest_program}
    COMMAND ${CMAKE_C_COMPILER} ${guest_target} -O1 -ffreestanding -fno-builtin -nostdlibinc -fno-jump-tables -Wall -Wextra
            -Wno-incompatible-library-redeclaration -I${CMAKE_SOURCE_DIR} -c ${CMAKE_CURRENT_LIST_DIR}/${program}.c -o ${guest_program}.o
    COMMAND xcoff_link -b${width} -e __start ${guest_program}.o -bI:${unix_imp} -o ${guest_program}
    DEPENDS ${program}.c guest_kernel.h pointer_rules.def xcoff_link ${unix_imp} VERBATIM)
  add_custom_target(${program}${width}_program ALL DEPENDS ${guest_program})
  foreach(mode interpreted translated)
    set(options --interpret --no-cache)
    if(mode STREQUAL translated)
      set(options --cache ${CMAKE_CURRENT_BINARY_DIR}/${program}_cache --hot 2 --wait-translation)
    endif()
    # Walking the table with any arguments must not reach processes, host name and IPC objects outside, nor the clock.
    set(contained)
    if(program STREQUAL guest_pointers)
      set(contained unshare --user --map-root-user --pid --fork --kill-child --ipc --uts --mount-proc)
      if(mode STREQUAL interpreted)     # what the tracer makes of such arguments, too
        list(APPEND options --trace --trace-follow --trace-file /dev/null)
      endif()
    endif()
    # A folder of its own below the build tree; "$@" is the runner with its options. 77: no namespaces to be had.
    add_test(NAME ${name}-${width}-${mode} COMMAND sh -c
      "d=$(mktemp -d ./${program}.XXXXXX) || exit 1; [ \"$1\" != unshare ] || unshare -U true || exit 77
       \"$@\" $d; status=$?; rm -rf $d; exit $status"
      sh ${contained} $<TARGET_FILE:aixrun> ${options} ${guest_program})
    set_tests_properties(${name}-${width}-${mode} PROPERTIES TIMEOUT 120 SKIP_RETURN_CODE 77
                         WORKING_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
  endforeach()
  if(program STREQUAL guest_syscalls)
    add_test(NAME ${name}-${width}-rooted COMMAND sh -c
      "d=$(mktemp -d ./${program}.XXXXXX) && cp $2 $d/prog && $1 --interpret --no-cache --root $d /prog /; status=$?; rm -rf $d; exit $status"
      sh $<TARGET_FILE:aixrun> ${guest_program})
    set_tests_properties(${name}-${width}-rooted PROPERTIES TIMEOUT 120 WORKING_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
  endif()
endforeach()
endforeach()

# What is not there: an import file of its own names it.
find_package(Python3 COMPONENTS Interpreter REQUIRED)
set(absent ${CMAKE_CURRENT_BINARY_DIR}/guest_absent)
file(WRITE ${absent}.imp "#!/unix\nthread_create syscall3264\ngetprocs syscall3264\nno_such_service syscall3264\nreboot syscall3264\n")
add_custom_command(OUTPUT ${absent}
  COMMAND ${CMAKE_C_COMPILER} --target=powerpc-ibm-aix5.3 -mcpu=ppc -O1 -ffreestanding -fno-builtin -nostdlibinc -Wall -Wextra
          -c ${CMAKE_CURRENT_LIST_DIR}/guest_absent.c -o ${absent}.o
  COMMAND xcoff_link -b32 -e __start ${absent}.o -bI:${unix_imp} -bI:${absent}.imp -o ${absent}
  DEPENDS guest_absent.c guest_kernel.h xcoff_link ${unix_imp} VERBATIM)
add_custom_target(guest_absent_program ALL DEPENDS ${absent})
add_test(NAME absent COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/absent.py $<TARGET_FILE:aixrun> ${absent})
