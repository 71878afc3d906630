#include "tenants/takeover.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <system_error>

#include "base/files.h"
#include "base/clock.h"
#include "tenants/storage.h"

namespace beffroi::tenants {

namespace fs = std::filesystem;

namespace {

// The decision, as it is written: the former state's folder, then a line a piece: '+' one to put in place, '-' one to set aside.
fs::path decision_file(const fs::path& home) { return home / "takeover"; }

Status moved(const fs::path& from, const fs::path& to) {
  BEFFROI_CHECK(make_folder(to.parent_path()));
  std::error_code fault;
  fs::rename(from, to, fault);
  if (!fault) return {};
  return fail(Code::storage, fmt::format("Impossible de déplacer «\u00a0{}\u00a0»\u00a0: vérifiez les droits et la place.", from.string()),
              fault.message());
}

void sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

Status put_in_place(const fs::path& home, const fs::path& former, const std::string& piece) {
  const fs::path next = incoming_folder(home) / piece;
  std::error_code fault;
  if (!fs::exists(next, fault)) return {};  // done before the interruption
  if (fs::exists(home / piece, fault)) BEFFROI_CHECK(moved(home / piece, former / piece));
  return moved(next, home / piece);
}

Status set_aside(const fs::path& home, const fs::path& former, const std::string& piece) {
  std::error_code fault;
  if (!fs::exists(home / piece, fault)) return {};
  return moved(home / piece, former / piece);
}

}  // namespace

fs::path incoming_folder(const fs::path& home) { return home / "incoming"; }

Result<fs::path> take_over(const fs::path& home, const std::vector<std::string>& pieces, const std::vector<std::string>& aside) {
  const std::string former = fmt::format("former-{}", now_ms());
  std::string decision = former + "\n";
  for (const std::string& piece : aside) decision += fmt::format("-{}\n", piece);
  for (const std::string& piece : pieces) decision += fmt::format("+{}\n", piece);
  BEFFROI_CHECK(write_file_atomically(decision_file(home), decision));
  BEFFROI_CHECK(finish_takeover(home));
  return home / former;
}

bool takeover_waits(const fs::path& home) {
  std::error_code fault;
  return fs::exists(decision_file(home), fault);
}

Status finish_takeover(const fs::path& home) {
  if (!takeover_waits(home)) return {};
  const fs::path file = decision_file(home);
  std::error_code fault;
  const std::string decision = BEFFROI_TRY(read_file(file, 1 << 20));
  std::vector<std::string> lines;
  for (std::size_t begin = 0, end = 0; (end = decision.find('\n', begin)) != std::string::npos; begin = end + 1) {
    lines.push_back(decision.substr(begin, end - begin));
  }
  if (lines.empty()) return fail(Code::storage, fmt::format("«\u00a0{}\u00a0» est abîmé.", file.string()));
  const fs::path former = home / lines.front();
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::string piece = lines[i].substr(1);
    BEFFROI_CHECK(lines[i].front() == '+' ? put_in_place(home, former, piece) : set_aside(home, former, piece));
  }
  sync_folder(home);
  fs::remove(file, fault);
  fs::remove_all(incoming_folder(home), fault);
  return {};
}

}  // namespace beffroi::tenants
