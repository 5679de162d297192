# The semantics: compiled once for every binding of emit.h (interpreter 32 and 64, recorder, LLVM).
set(VW_LIFT_SOURCES)
foreach(name branch fixed rotate special old memory sync float vector vector_int vector_permute vector_float vector_crypto
        vsx vsx_scalar vsx_vector)
  list(APPEND VW_LIFT_SOURCES ${CMAKE_CURRENT_LIST_DIR}/lift_${name}.c)
endforeach()
