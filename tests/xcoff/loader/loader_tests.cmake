# Unit tests of the loader, and the modules they load (included by tests/unit/CMakeLists.txt).
set(loader_modules ${CMAKE_BINARY_DIR}/tests/loader-modules)
add_custom_command(OUTPUT ${loader_modules}/made
    COMMAND python3 ${CMAKE_CURRENT_LIST_DIR}/mkxcoff.py ${loader_modules}
    COMMAND ${CMAKE_COMMAND} -E touch ${loader_modules}/made
    DEPENDS ${CMAKE_CURRENT_LIST_DIR}/mkxcoff.py)
add_custom_target(loader-modules DEPENDS ${loader_modules}/made)
foreach(name xcoff archive loader dynload xcoff_real)
  add_unit_test(${name} vw_loader vw_runtime)
  add_dependencies(test_${name} loader-modules)
  target_compile_definitions(test_${name} PRIVATE LOADER_MODULES="${loader_modules}"
      REAL_INPUTS="${CMAKE_SOURCE_DIR}/build/inputs")
endforeach()
