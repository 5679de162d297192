# The semantics: compiled once for every binding of emit.h (interpreter 32 and 64, recorder, LLVM).
set(VW_LIFT_SOURCES)
foreach(name branch fixed rotate special old memory sync float vector vsx)
  list(APPEND VW_LIFT_SOURCES ${CMAKE_CURRENT_LIST_DIR}/lift_${name}.c)
endforeach()
