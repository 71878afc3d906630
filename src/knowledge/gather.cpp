#include "knowledge/gather.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <set>
#include <thread>
#include <utility>

#include "knowledge/bounded_queue.h"
#include "knowledge/codec.h"
#include "knowledge/inline_text.h"
#include "knowledge/parse.h"
#include "knowledge/read_tree.h"

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
  if (name == "redirections.xml" || name == "index.json") return true;
  const std::size_t dot = name.rfind('.');
  return dot != std::string_view::npos && (name.substr(dot) == ".xml" || name.substr(dot) == ".json") &&
         is_publication_id(name.substr(0, dot));
}

// Whose words are kept when a publication exists for several audiences.
int rank_of(const Publication& publication) {
  const auto speaks_to = [&](std::string_view audience) {
    return std::find(publication.audiences.begin(), publication.audiences.end(), audience) != publication.audiences.end();
  };
  return speaks_to("Particuliers") ? 0 : speaks_to("Professionnels") ? 1 : 2;
}

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

// One reading of a publication, for one audience as a rule.
struct Version {
  std::string folder;  // of its file
  std::string date;
  std::string body;    // encoded: a parsed publication takes three times the room
  std::vector<std::string> audiences;
  int rank = 0;
  bool listed = true;
};

// Listed before withdrawn, then by audience; at equal rank the newer text: an old snapshot may stand beside a fresh zip.
bool goes_first(const Version& a, const Version& b) {
  if (a.listed != b.listed) return a.listed;
  if (a.rank != b.rank) return a.rank < b.rank;
  return a.date > b.date;
}

class Gatherer {
 public:
  void take(ArchiveFile file) {
    const std::string_view name = file_name(file.path);
    if (name == "redirections.xml") return take_redirections(file);
    if (name == "index.json") return take_listing(file);
    ++files_;
    if (!file.bytes) return reject(file.path, file.bytes.error());
    const auto publication = is_xml(file.path) ? parse_publication_xml(*file.bytes) : parse_publication_json(*file.bytes);
    if (!publication) return reject(file.path, publication.error());
    versions_[publication->id].push_back(
        {std::string(folder_of(file.path)), publication->date, encode(*publication), publication->audiences, rank_of(*publication), true});
  }

  Result<Gathered> take_all() && {
    if (files_ == 0) {
      return fail(Code::bad_input, "Aucune publication n’a été trouvée dans ce qui a été donné\u00a0: la base n’a pas été changée.");
    }
    if (versions_.empty() || unreadable_ * 100 > files_) {
      return fail(Code::bad_input,
                  fmt::format("{} fichiers sur {} sont illisibles\u00a0: la base n’a pas été changée. Premier défaut\u00a0: {}",
                              unreadable_, files_, gathered_.rejected.front()));
    }
    for (auto& [id, versions] : versions_) {
      gathered_.records.emplace(id, BEFFROI_TRY(record_of(id, versions)));
      versions.clear();
    }
    straighten(gathered_.redirections);
    return std::move(gathered_);
  }

 private:
  Result<Record> record_of(const std::string& id, std::vector<Version>& versions) const {
    for (Version& version : versions) {
      const auto listing = listings_.find(version.folder);
      version.listed = listing == listings_.end() || listing->second.contains(id);
    }
    std::stable_sort(versions.begin(), versions.end(), goes_first);
    Version& kept = versions.front();
    Publication publication = BEFFROI_TRY(decode(kept.body));
    publication.withdrawn = !kept.listed;
    for (const Version& version : versions) {
      if (version.listed == kept.listed)
        publication.audiences.insert(publication.audiences.end(), version.audiences.begin(), version.audiences.end());
    }
    std::sort(publication.audiences.begin(), publication.audiences.end());
    publication.audiences.erase(std::unique(publication.audiences.begin(), publication.audiences.end()), publication.audiences.end());
    Record record;
    record.id = id;
    record.title = publication.title;
    record.date = publication.date;
    record.passages = static_cast<std::int64_t>(publication.passages.size());
    record.withdrawn = publication.withdrawn;
    record.body = encode(publication);
    record.hash = hash_of(record.body);
    return record;
  }

  void take_listing(const ArchiveFile& file) {
    if (!file.bytes) return;
    const std::vector<std::string> listed = read_json_list(*file.bytes);
    if (!listed.empty()) listings_[std::string(folder_of(file.path))].insert(listed.begin(), listed.end());
  }

  void take_redirections(const ArchiveFile& file) {
    const Status read = file.bytes ? read_redirections(*file.bytes, gathered_.redirections) : tl::unexpected<Error>(file.bytes.error());
    // Without the table the publications are still good: told, not fatal.
    if (!read) gathered_.rejected.push_back(file.path + "\u00a0: " + read.error().message);
  }

  void reject(const std::string& path, const Error& error) {
    ++unreadable_;
    gathered_.rejected.push_back(path + "\u00a0: " + error.message);
  }

  Gathered gathered_;
  std::map<std::string, std::vector<Version>> versions_;          // by publication
  std::map<std::string, std::set<std::string>> listings_;         // by folder: what its index.json lists
  std::int64_t files_ = 0;
  std::int64_t unreadable_ = 0;
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
