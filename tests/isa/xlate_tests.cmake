# Translated code against the interpreter, on random blocks and on functions that clang compiles for AIX.
add_executable(xlate_runner ${CMAKE_CURRENT_LIST_DIR}/xlate_runner.c ${CMAKE_CURRENT_LIST_DIR}/xlate_machine.c)
target_link_libraries(xlate_runner PRIVATE vw_translate vw_interp vw_isa vw_runtime)
add_test(NAME xlate_random COMMAND xlate_runner random 1 150)
