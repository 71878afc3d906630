# Warnings, hardening, sanitizers and build speed, in one place.

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM AND NOT BEFFROI_FUZZ)
  add_link_options(-fuse-ld=mold)
endif()

# x86-64-v3 (AVX2, 2013 and later) is the floor the program asks for; main() says so on an older processor.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  set(BEFFROI_ARCH -march=x86-64-v3)
  add_compile_options(${BEFFROI_ARCH})
endif()

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # gcc 12 sees overlaps that are not there in std::string (GCC bug 105329).
  set(untrue -Wno-restrict)
else()
  # libstdc++ 12 calls its own std::get_temporary_buffer from std::stable_sort; what is deprecated in the house, gcc says.
  set(untrue -Wno-deprecated-declarations)
endif()
set(BEFFROI_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor ${untrue} -Werror)

add_compile_definitions(_GLIBCXX_ASSERTIONS)
add_compile_options(-fstack-protector-strong)
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT BEFFROI_SANITIZE)
  add_compile_definitions(_FORTIFY_SOURCE=2)
  add_link_options(-Wl,-z,relro,-z,now)
endif()

if(BEFFROI_SANITIZE)
  add_compile_options(-fsanitize=${BEFFROI_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${BEFFROI_SANITIZE})
endif()
if(BEFFROI_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
