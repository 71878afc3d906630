# beffroi_embed_assets(<target>)
#
# Puts the built interface (ui/dist) inside the program: every file of ui/dist/assets, with the compressed forms the build left beside
# them. Writes the functions that usecases/assistant/assets.h promises. Without ui/dist there is no file and the pages are plain.
function(beffroi_embed_assets target)
  set(dist "${CMAKE_SOURCE_DIR}/ui/dist")
  set(manifest "${dist}/.vite/manifest.json")
  # A build of the interface changes the names: the glob is looked at again at each build.
  file(GLOB files CONFIGURE_DEPENDS "${dist}/assets/*" "${manifest}")

  set(skin "")
  if(EXISTS "${manifest}")
    list(REMOVE_ITEM files "${manifest}")
    file(READ "${manifest}" entries)
    string(JSON style GET "${entries}" "index.html" "css" 0)
    string(JSON script GET "${entries}" "index.html" "file")
    string(JSON logo GET "${entries}" "kit/belfry.svg" "file")
    set(skin "\"/${style}\", \"/${script}\", \"/${logo}\"")
  else()
    set(files "")
    message(STATUS "ui/dist is absent: the pages will be plain (npm --prefix ui run build)")
  endif()

  set(assembly "")
  set(declarations "")
  set(rows "")
  set(number 0)
  foreach(file IN LISTS files)
    get_filename_component(name "${file}" NAME)
    set(symbol "beffroi_asset_${number}")
    string(APPEND assembly ".global ${symbol}\n.global ${symbol}_end\n${symbol}:\n.incbin \"${file}\"\n${symbol}_end:\n.byte 0\n")
    string(APPEND declarations "extern const char ${symbol}[];\nextern const char ${symbol}_end[];\n")
    string(APPEND rows "\n      {\"${name}\", {${symbol}, ${symbol}_end}},")
    math(EXPR number "${number} + 1")
  endforeach()

  set(folder "${CMAKE_CURRENT_BINARY_DIR}/assets")
  file(CONFIGURE OUTPUT "${folder}/assets.S" @ONLY CONTENT
    ".section .rodata\n@assembly@.section .note.GNU-stack, \"\", %progbits\n")
  file(CONFIGURE OUTPUT "${folder}/assets.cpp" @ONLY CONTENT [[
// Written by cmake/EmbedAssets.cmake from ui/dist.
#include "usecases/assistant/assets.h"

extern "C" {
@declarations@}

namespace beffroi::assistant {

std::vector<http::AssetFile> embedded_files() {
  return {@rows@};
}

pages::Skin embedded_skin() { return {@skin@}; }

}  // namespace beffroi::assistant
]])
  set_source_files_properties("${folder}/assets.S" PROPERTIES OBJECT_DEPENDS "${files}")
  target_sources(${target} PRIVATE "${folder}/assets.S" "${folder}/assets.cpp")
endfunction()
