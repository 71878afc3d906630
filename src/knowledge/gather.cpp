#include "knowledge/gather.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>

#include "knowledge/bounded_queue.h"
#include "knowledge/codec.h"
#include "knowledge/inline_text.h"
#include "knowledge/parse.h"

namespace beffroi::knowledge {

namespace {

constexpr std::size_t kQueuedFiles = 64;

std::string_view file_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool is_xml(std::string_view name) { return name.ends_with(".xml"); }

bool is_wanted(std::string_view path) {
  const std::string_view name = file_name(path);
  if (name == "redirections.xml") return true;
  const std::size_t dot = name.rfind('.');
  return dot != std::string_view::npos && (name.substr(dot) == ".xml" || name.substr(dot) == ".json") && is_publication_id(name.substr(0, dot));
}

// Whose words are kept when a publication exists for several audiences.
int rank_of(const Publication& publication) {
  const auto speaks_to = [&](std::string_view audience) {
    return std::find(publication.audiences.begin(), publication.audiences.end(), audience) != publication.audiences.end();
  };
  return speaks_to("Particuliers") ? 0 : speaks_to("Professionnels") ? 1 : 2;
}

class Gatherer {
 public:
  void take(ArchiveFile file) {
    if (file_name(file.path) == "redirections.xml") return take_redirections(file);
    ++gathered_.files;
    if (!file.bytes) return reject(file.path, file.bytes.error());
    auto publication = is_xml(file.path) ? parse_publication_xml(*file.bytes) : parse_publication_json(*file.bytes);
    if (!publication) return reject(file.path, publication.error());
    keep(std::move(*publication));
  }

  Result<Gathered> take_all() && {
    const auto readable = gathered_.files - static_cast<std::int64_t>(gathered_.rejected.size());
    if (gathered_.files == 0) {
      return fail(Code::bad_input, "Aucune publication n’a été trouvée dans ce qui a été donné\u00a0: la base n’a pas été changée.");
    }
    if (readable <= 0 || static_cast<std::int64_t>(gathered_.rejected.size()) * 100 > gathered_.files) {
      return fail(Code::bad_input,
                  fmt::format("{} fichiers sur {} sont illisibles\u00a0: la base n’a pas été changée. Premier défaut\u00a0: {}",
                              gathered_.rejected.size(), gathered_.files, gathered_.rejected.front()));
    }
    for (auto& [id, held] : held_) gathered_.records.emplace(id, record_of(held));
    straighten(gathered_.redirections);
    return std::move(gathered_);
  }

 private:
  struct Held {
    std::string body;  // encoded: a parsed publication takes three times the room
    std::vector<std::string> audiences;
    int rank = 0;
    std::string date;
    bool merged = false;
  };

  void keep(Publication publication) {
    const int rank = rank_of(publication);
    Held& held = held_[publication.id];
    for (const std::string& audience : publication.audiences) {
      if (std::find(held.audiences.begin(), held.audiences.end(), audience) == held.audiences.end()) held.audiences.push_back(audience);
    }
    const bool first = held.body.empty();
    held.merged = held.merged || !first;
    // At equal rank the newer text wins: an old snapshot may stand beside a fresh zip.
    if (!first && (rank > held.rank || (rank == held.rank && publication.date <= held.date))) return;
    held.rank = rank;
    held.date = publication.date;
    held.body = encode(publication);
  }

  static Record record_of(Held& held) {
    Publication publication = decode(held.body).value();
    if (held.merged) {
      std::sort(held.audiences.begin(), held.audiences.end());
      publication.audiences = held.audiences;
      held.body = encode(publication);
    }
    return {publication.id,       publication.title,
            publication.date,     static_cast<std::int64_t>(publication.passages.size()),
            hash_of(held.body), std::move(held.body)};
  }

  void take_redirections(const ArchiveFile& file) {
    const Status read = file.bytes ? read_redirections(*file.bytes, gathered_.redirections) : tl::unexpected<Error>(file.bytes.error());
    // Without the table the publications are still good: told, not fatal.
    if (!read) gathered_.rejected.push_back(file.path + "\u00a0: " + read.error().message);
  }

  void reject(const std::string& path, const Error& error) { gathered_.rejected.push_back(path + "\u00a0: " + error.message); }

  Gathered gathered_;
  std::map<std::string, Held> held_;
};

// Reads every input on its own thread; destroyed, it stops and waits.
class ReadingThread {
 public:
  ReadingThread(const ImportOptions& options, std::stop_token stop) : queue_(kQueuedFiles) {
    for (const auto& input : options.inputs) total_ += packed_bytes_of(input);
    thread_ = std::thread([this, inputs = options.inputs, stop = std::move(stop)] {
      status_ = read(inputs, stop);
      queue_.close();
    });
  }
  ReadingThread(const ReadingThread&) = delete;
  ReadingThread& operator=(const ReadingThread&) = delete;
  ~ReadingThread() {
    queue_.close();
    if (thread_.joinable()) thread_.join();
  }

  std::optional<ArchiveFile> next() { return queue_.pop(); }
  [[nodiscard]] std::int64_t done_bytes() const { return done_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::int64_t total_bytes() const { return total_; }
  Status finish() {
    thread_.join();
    return status_;
  }

 private:
  Status read(const std::vector<std::filesystem::path>& inputs, const std::stop_token& stop) {
    std::int64_t before = 0;
    ArchiveVisit visit;
    visit.wants = is_wanted;
    visit.take = [this](ArchiveFile file) -> Status {
      if (queue_.push(std::move(file))) return {};
      return fail(Code::cancelled, "L’import a été interrompu, la base n’a pas été changée.");
    };
    visit.advance = [&](std::int64_t packed) { done_.store(before + packed, std::memory_order_relaxed); };
    for (const auto& input : inputs) {
      BEFFROI_CHECK(read_archive(input, visit, stop));
      before += packed_bytes_of(input);
    }
    done_.store(total_, std::memory_order_relaxed);
    return {};
  }

  BoundedQueue<ArchiveFile> queue_;
  std::thread thread_;
  Status status_;
  std::atomic<std::int64_t> done_ = 0;
  std::int64_t total_ = 0;
};

}  // namespace

Result<Gathered> gather(const ImportOptions& options, const std::stop_token& stop) {
  if (options.inputs.empty()) return fail(Code::invalid_argument, "Aucun fichier à importer n’a été donné.");
  Gatherer gatherer;
  ReadingThread reading(options, stop);
  while (std::optional<ArchiveFile> file = reading.next()) {
    gatherer.take(std::move(*file));
    if (options.progress) options.progress(reading.done_bytes(), reading.total_bytes());
  }
  BEFFROI_CHECK(reading.finish());
  return std::move(gatherer).take_all();
}

}  // namespace beffroi::knowledge
