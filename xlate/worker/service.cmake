# What stands around the translator: its sandbox, and `wpar cache`, which reads and trims what it wrote. Read by xlate/CMakeLists.txt.
set(worker ${CMAKE_CURRENT_SOURCE_DIR}/worker)
target_sources(vw_translate PRIVATE ${worker}/unit_code.c)
target_sources(vw_store PRIVATE ${worker}/cache_report.c ${worker}/unit_code.c)     # without vw_translate: LLVM is not needed

add_library(vw_sandbox STATIC ${worker}/sandbox.c)
target_link_libraries(vw_sandbox PUBLIC vw_runtime seccomp)
target_link_libraries(xlated PRIVATE vw_sandbox)

add_executable(vcache ${worker}/vcache.c)
target_compile_definitions(vcache PRIVATE VWPAR_VERSION="${VWPAR_VERSION}")
target_link_libraries(vcache PRIVATE vw_store)
install(TARGETS vcache DESTINATION lib/vwpar)
