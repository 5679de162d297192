# Writes OUT: a hash over everything that shapes translated code. Called by the build with SOURCE, OUT, LLVM, FILES (|-separated).
string(REPLACE "|" ";" files "${FILES}")
set(all "${LLVM}")
foreach(file ${files})
  file(SHA256 ${SOURCE}/${file} hash)
  string(APPEND all "${file} ${hash}\n")
endforeach()
string(SHA256 hash "${all}")
file(CONFIGURE OUTPUT ${OUT} CONTENT
"/* Made by the build: a hash over the sources that shape translated code, and the LLVM version. */
#define TRANSLATOR_HASH \"${hash}\"
")
