#include "knowledge/index.h"

#include "knowledge/codec.h"
#include "knowledge/words.h"

namespace beffroi::knowledge {

Status write_index(Store& store, const std::filesystem::path& path, const search::IndexOptions& options) {
  WordsGatherer words;
  BEFFROI_CHECK(store.each_body([&](std::string_view body) -> Status {
    words.add(BEFFROI_TRY(decode(body)));
    return {};
  }));
  const auto publications = std::move(words).take();
  return search::build_index(publications, path, options);
}

}  // namespace beffroi::knowledge
