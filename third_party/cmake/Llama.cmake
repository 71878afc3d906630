# beffroi::llama: llama.cpp built once for this machine by tools/build_llama, from the sources that third_party/deps.lock pins.
include_guard(GLOBAL)

set(llama_folder "${BEFFROI_DEPS}/llama-built")
if(NOT EXISTS "${llama_folder}/lib/libllama.a")
  message(FATAL_ERROR "llama.cpp n’est pas construit dans ${llama_folder} : lancez tools/build_llama.")
endif()

add_library(beffroi_llama INTERFACE)
add_library(beffroi::llama ALIAS beffroi_llama)
target_include_directories(beffroi_llama SYSTEM INTERFACE "${llama_folder}/include")
target_link_libraries(beffroi_llama INTERFACE
  "${llama_folder}/lib/libllama.a" "${llama_folder}/lib/libggml.a" "${llama_folder}/lib/libggml-cpu.a" "${llama_folder}/lib/libggml-base.a"
  Threads::Threads ${CMAKE_DL_LIBS} m)
