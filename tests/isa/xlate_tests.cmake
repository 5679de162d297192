# Translated code: against the interpreter, on random blocks and on functions that clang compiles for AIX; and against the test vectors.
set_source_files_properties(xlate_machine.c PROPERTIES COMPILE_OPTIONS "-mavx;-mno-vzeroupper")       # as xlate/run/helpers.c
add_executable(xlate_runner xlate_runner.c random_code.c xlate_machine.c)
target_link_libraries(xlate_runner PRIVATE vw_translate vw_interp vw_isa vw_runtime)
add_test(NAME xlate-random COMMAND xlate_runner random 1 150)
add_test(NAME xlate-loop COMMAND xlate_runner loop 1 150)
add_test(NAME xlate-frame COMMAND xlate_runner frame 1 150)
add_test(NAME xlate-fault COMMAND xlate_runner fault 1 150)

add_executable(xlate_vectors lift_runner.c xlate_vectors.c xlate_machine.c)
target_link_libraries(xlate_vectors PRIVATE vw_translate vw_interp vw_isa vw_runtime)
foreach(name manual float fpscr old recorded32 recorded64 vector recorded_vector)
  add_test(NAME xlate-vectors-${name} COMMAND xlate_vectors ${lift_vectors}/${name}.txt)
endforeach()

# A short run each time, and the numbers of docs/TESTING.md with --long.
add_executable(check_states check_states.c random_code.c xlate_machine.c)
target_link_libraries(check_states PRIVATE vw_translate vw_interp vw_isa vw_runtime)
add_test(NAME xlate-states COMMAND check_states 1 600000)
add_test(NAME xlate-blocks COMMAND check_states --blocks 1 20000)
add_test(NAME xlate-states-all COMMAND check_states 1 100000000)
add_test(NAME xlate-blocks-all COMMAND check_states --blocks 1 1000000)
set_tests_properties(xlate-states-all xlate-blocks-all PROPERTIES TIMEOUT 7200 LABELS long)

# A unit made at one address and moved is the unit made at the other.
if(VWPAR_BASE)
  set(moving)
  foreach(kernel dhry fib qsort_cb sha256 matmul nbody sjlj vcall)
    foreach(width 32 64)
      set(object ${CMAKE_CURRENT_BINARY_DIR}/move-${kernel}.${width}.o)
      add_custom_command(OUTPUT ${object} COMMAND aixcc -m${width} -O2 -c ${CMAKE_SOURCE_DIR}/bench/kernels/${kernel}.c -o ${object}
        DEPENDS ${CMAKE_SOURCE_DIR}/bench/kernels/${kernel}.c aixcc base VERBATIM)
      list(APPEND moving ${object})
    endforeach()
  endforeach()
  add_custom_target(moving_objects ALL DEPENDS ${moving})
  add_test(NAME xlate-move COMMAND xlate_runner move ${moving})
endif()
