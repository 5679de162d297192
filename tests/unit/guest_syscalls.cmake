# guest_syscalls.c as an AIX program of both widths, run by aixrun: interpreted, and translated from the first call on.
foreach(width 32 64)
  if(width EQUAL 64)
    set(guest_target --target=powerpc64-ibm-aix5.3 -mcpu=pwr4)
  else()
    set(guest_target --target=powerpc-ibm-aix5.3 -mcpu=ppc)
  endif()
  set(guest_program ${CMAKE_CURRENT_BINARY_DIR}/guest_syscalls${width})
  set(unix_imp ${CMAKE_BINARY_DIR}/rootfs-tools/base/obj/unix.imp)
  add_custom_command(OUTPUT ${guest_program}
    COMMAND ${CMAKE_C_COMPILER} ${guest_target} -O1 -ffreestanding -fno-builtin -nostdlibinc -fno-jump-tables -Wall -Wextra
            -Wno-incompatible-library-redeclaration -c ${CMAKE_CURRENT_LIST_DIR}/guest_syscalls.c -o ${guest_program}.o
    COMMAND xcoff_link -b${width} -e __start ${guest_program}.o -bI:${unix_imp} -o ${guest_program}
    DEPENDS guest_syscalls.c xcoff_link ${unix_imp} VERBATIM)
  add_custom_target(guest_syscalls${width}_program ALL DEPENDS ${guest_program})
  foreach(mode interpreted translated)
    set(options --interpret --no-cache)
    if(mode STREQUAL translated)
      set(options --cache ${CMAKE_CURRENT_BINARY_DIR}/guest_syscalls_cache --hot 2 --wait-translation)
    endif()
    # A folder of its own below the build tree; "$@" is the runner with its options.
    add_test(NAME syscalls-${width}-${mode} COMMAND sh -c
      "d=$(mktemp -d ./guest_syscalls.XXXXXX) && \"$@\" $d; status=$?; rm -rf $d; exit $status" sh
      $<TARGET_FILE:aixrun> ${options} ${guest_program})
    set_tests_properties(syscalls-${width}-${mode} PROPERTIES TIMEOUT 120 WORKING_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
  endforeach()
  add_test(NAME syscalls-${width}-rooted COMMAND sh -c
    "d=$(mktemp -d ./guest_syscalls.XXXXXX) && cp $2 $d/prog && $1 --interpret --no-cache --root $d /prog /; status=$?; rm -rf $d; exit $status"
    sh $<TARGET_FILE:aixrun> ${guest_program})
  set_tests_properties(syscalls-${width}-rooted PROPERTIES TIMEOUT 120 WORKING_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
endforeach()
