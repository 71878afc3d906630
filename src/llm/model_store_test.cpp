#include "llm/model_store.h"

#include <csignal>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>

#include "base/files.h"
#include "base/testing.h"
#include "crypto/digest.h"
#include "net/testing/stub_server.h"

using namespace beffroi;
using namespace beffroi::llm;
using namespace std::chrono_literals;
using net::testing::Client;
using net::testing::http_answer;
using net::testing::StubServer;
namespace fs = std::filesystem;

namespace {

std::string hash(std::string_view text) {
  crypto::Sha256 digest;
  digest.add(text);
  return digest.hex();
}

// A small « model » of three pieces, and the folders of a machine.
struct Machine {
  beffroi::testing::TemporaryFolder folder;
  fs::path models = folder.path() / "var" / "models";
  fs::path pieces = folder.path() / "deps";
  std::vector<std::string> texts = {std::string(3000, 'a'), std::string(3000, 'b'), std::string(500, 'c')};
  std::string content = texts[0] + texts[1] + texts[2];

  Machine() {
    for (std::size_t i = 0; i < texts.size(); ++i) put_piece(i, texts[i]);
  }
  void put_piece(std::size_t i, const std::string& text) {
    fs::create_directories(folder_of(i));
    REQUIRE(write_file_atomically(folder_of(i) / "part.bin", text));
  }
  [[nodiscard]] fs::path folder_of(std::size_t i) const { return pieces / ("piece-" + std::to_string(i)); }
  [[nodiscard]] fs::path file() const { return models / "petit.gguf"; }
  [[nodiscard]] fs::path part() const { return models / "petit.gguf.part"; }

  [[nodiscard]] CatalogueEntry described() const {
    CatalogueEntry entry;
    entry.id = "petit";
    entry.name = "Petit modèle";
    entry.licence = "Apache-2.0";
    entry.size_bytes = static_cast<std::int64_t>(content.size());
    entry.sha256 = hash(content);
    return entry;
  }
  [[nodiscard]] ModelStore joined() const {
    CatalogueEntry entry = described();
    for (std::size_t i = 0; i < texts.size(); ++i) {
      entry.parts.push_back({"piece-" + std::to_string(i), "part.bin", static_cast<std::int64_t>(texts[i].size()), hash(texts[i])});
    }
    return ModelStore({models, pieces}, {entry});
  }
  [[nodiscard]] ModelStore fetched(const std::string& url) const {
    CatalogueEntry entry = described();
    entry.url = url;
    return ModelStore({models, pieces, 300ms}, {entry});
  }
  [[nodiscard]] Error fault(const ModelStore& store) const {
    const auto installed = store.install("petit", {}, {});
    REQUIRE_FALSE(installed);
    CHECK_FALSE(fs::exists(file()));
    return installed.error();
  }
  // Whole, known as such, and nothing else in the folder.
  void check_installed(const ModelStore& store) const {
    CHECK(read_file(file()).value() == content);
    CHECK(store.path_of("petit").value() == file());
    CHECK(store.state_of(store.catalogue().front()).presence == Presence::installed);
    CHECK(std::distance(fs::directory_iterator(models), fs::directory_iterator()) == 2);
  }
};

bool says(const Error& error, std::string_view words) { return error.message.find(words) != std::string::npos; }

// A server of the file that knows ranges, or not.
std::string served(const std::string& content, const std::string& request, bool ranges = true) {
  const std::size_t range = request.find("Range: bytes=");
  if (!ranges || range == std::string::npos) return http_answer("200 OK", "application/octet-stream", content);
  const std::size_t from = std::stoul(request.substr(range + 13));
  if (from >= content.size()) return http_answer("416 Range Not Satisfiable", "text/plain", "");
  return http_answer("206 Partial Content", "application/octet-stream", content.substr(from),
                     "Content-Range: bytes " + std::to_string(from) + "-" + std::to_string(content.size() - 1) + "/" +
                         std::to_string(content.size()) + "\r\n");
}

// While it lives, this process may not write files beyond that size: what a full disk does, felt at the same place.
class NarrowDisk {
 public:
  explicit NarrowDisk(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &former_);
    former_handler_ = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit narrow{bytes, former_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &narrow);
  }
  ~NarrowDisk() {
    ::setrlimit(RLIMIT_FSIZE, &former_);
    std::signal(SIGXFSZ, former_handler_);
  }

 private:
  rlimit former_{};
  void (*former_handler_)(int) = nullptr;
};

}  // namespace

TEST_CASE("pieces are joined, checked, and known as installed; done again, nothing is done") {
  const Machine machine;
  const ModelStore store = machine.joined();
  CHECK(store.path_of("petit").error().code == Code::unavailable);
  std::int64_t last = 0;
  const auto installed = store.install("petit",
                                       [&last](Stage, std::int64_t done, std::int64_t total) {
                                         CHECK(done <= total);
                                         last = done;
                                       },
                                       {});
  REQUIRE(installed);
  CHECK(*installed);
  CHECK(last == 6500);
  machine.check_installed(store);
  fs::remove_all(machine.pieces);  // no longer needed
  CHECK_FALSE(store.install("petit", {}, {}).value());
  CHECK(store.check("petit", {}, {}));
}

TEST_CASE("an installation that was killed goes on: whole pieces are checked and not read again") {
  const Machine machine;
  fs::create_directories(machine.models);
  REQUIRE(write_file_atomically(machine.part(), machine.texts[0] + machine.texts[1].substr(0, 700)));
  fs::remove_all(machine.folder_of(0));  // already joined: not needed any more
  const ModelStore store = machine.joined();
  CHECK(store.state_of(store.catalogue().front()).presence == Presence::partial);
  REQUIRE(store.install("petit", {}, {}));
  machine.check_installed(store);
}

TEST_CASE("what an earlier run wrote wrong is written again; a run stopped in the middle keeps what is right") {
  const Machine machine;
  fs::create_directories(machine.models);
  REQUIRE(write_file_atomically(machine.part(), machine.texts[0] + std::string(3000, 'x') + machine.texts[2]));
  std::stop_source stop;
  const ModelStore store = machine.joined();
  const auto stopped = store.install("petit", [&stop](Stage, std::int64_t, std::int64_t) { stop.request_stop(); }, stop.get_token());
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == Code::cancelled);
  CHECK(fs::exists(machine.part()));
  REQUIRE(store.install("petit", {}, {}));
  machine.check_installed(store);
}

TEST_CASE("missing and damaged pieces are said, with what to do") {
  Machine machine;
  fs::remove_all(machine.folder_of(1));
  const ModelStore store = machine.joined();
  const Error missing = machine.fault(store);
  CHECK(missing.code == Code::unavailable);
  CHECK(says(missing, "Il manque 1 pièces de ce modèle sur 3"));
  machine.put_piece(1, std::string(3000, 'x'));
  const Error damaged = machine.fault(store);
  CHECK(damaged.code == Code::bad_input);
  CHECK(says(damaged, "piece-1"));
  machine.put_piece(1, machine.texts[1]);
  REQUIRE(store.install("petit", {}, {}));
  machine.check_installed(store);
}

TEST_CASE("a full disk: one sentence, nothing under the final name, the room given back") {
  const Machine machine;
  {
    const NarrowDisk disk(4000);
    const Error error = machine.fault(machine.joined());
    CHECK(error.code == Code::storage);
    CHECK(says(error, "Le disque est plein"));
    CHECK_FALSE(fs::exists(machine.part()));
    const StubServer server(http_answer("200 OK", "application/octet-stream", machine.content));
    const Error from_afar = machine.fault(machine.fetched(server.url("/petit.gguf")));
    CHECK(says(from_afar, "Le disque est plein"));
    CHECK_FALSE(fs::exists(machine.part()));
  }
  CatalogueEntry huge = machine.described();
  huge.url = "http://127.0.0.1:1/";
  huge.size_bytes = 1LL << 60;
  const Error foreseen = machine.fault(ModelStore({machine.models, machine.pieces}, {huge}));
  CHECK(foreseen.code == Code::storage);
  CHECK(fs::is_empty(machine.models));
  CHECK(says(foreseen, "Il manque de la place"));
}

TEST_CASE("an address: fetched whole, gone on after a cut, and from the start where the server knows no ranges") {
  const Machine machine;
  const std::string& content = machine.content;
  std::atomic<bool> cut = true;
  std::atomic<bool> ranges = true;
  const StubServer server([&](const Client& client) {
    const std::string answer = served(content, client.request, ranges);
    client.say(std::string_view(answer).substr(0, cut ? answer.size() - 2000 : answer.size()));
  });
  const ModelStore store = machine.fetched(server.url("/petit.gguf"));
  const Error broken = machine.fault(store);
  CHECK(broken.code == Code::unavailable);
  CHECK(says(broken, "reprendra où elle en est"));
  CHECK(read_file(machine.part()).value() == content.substr(0, 4500));
  cut = false;
  REQUIRE(store.install("petit", {}, {}));
  CHECK(server.last_request().find("Range: bytes=4500-") != std::string::npos);
  machine.check_installed(store);

  REQUIRE(store.remove("petit"));
  REQUIRE(write_file_atomically(machine.part(), "mauvais début"));
  ranges = false;
  REQUIRE(store.install("petit", {}, {}));
  machine.check_installed(store);
}

TEST_CASE("a wrong checksum: the file is removed, and both hashes are said") {
  const Machine machine;
  std::string other = machine.content;
  other[10] = 'z';
  const StubServer server([&other](const Client& client) { client.say(served(other, client.request)); });
  const Error error = machine.fault(machine.fetched(server.url()));
  CHECK(error.code == Code::bad_input);
  CHECK(says(error, hash(other)));
  CHECK(says(error, hash(machine.content)));
  CHECK_FALSE(fs::exists(machine.part()));
}

TEST_CASE("a server that lies: on the size announced, on the size sent, on the range, on what it has") {
  const Machine machine;
  const auto lied = [&machine](const std::string& answer, bool resumed = false) {
    if (resumed) REQUIRE(write_file_atomically(machine.part(), machine.content.substr(0, 100)));
    const StubServer server(answer);
    const Error error = machine.fault(machine.fetched(server.url()));
    CHECK_FALSE(fs::exists(machine.part()));
    return error.code;
  };
  fs::create_directories(machine.models);
  CHECK(lied(http_answer("200 OK", "text/html", "<p>Connectez-vous")) == Code::bad_input);
  CHECK(lied("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + machine.content + "et plus") == Code::bad_input);
  CHECK(lied(http_answer("206 Partial Content", "x/y", machine.content.substr(200), "Content-Range: bytes 200-6499/6500\r\n"), true) ==
        Code::bad_input);
  CHECK(lied(http_answer("206 Partial Content", "x/y", machine.content.substr(100)), true) == Code::bad_input);
  CHECK(lied(http_answer("416 Range Not Satisfiable", "text/plain", ""), true) == Code::bad_input);
}

TEST_CASE("refusals, silence, another place, and a network that is not there") {
  const Machine machine;
  const auto fault = [&machine](const std::string& url) { return machine.fault(machine.fetched(url)); };
  const StubServer absent(http_answer("404 Not Found", "text/plain", "non"));
  CHECK(says(fault(absent.url()), "a répondu 404"));
  const StubServer silent([](const Client& client) { static_cast<void>(client.gone_within(3s)); });
  CHECK(fault(silent.url()).code == Code::timeout);
  const StubServer sideways("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  CHECK(fault(sideways.url()).code == Code::unavailable);
  CHECK(says(fault("http://127.0.0.1:1/petit.gguf"), "n’a pas pu être joint"));
  const StubServer real([&machine](const Client& client) { client.say(served(machine.content, client.request)); });
  const StubServer elsewhere("HTTP/1.1 302 Found\r\nLocation: " + real.url("/ici") + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  REQUIRE(machine.fetched(elsewhere.url()).install("petit", {}, {}));
}

TEST_CASE("a stop during a download is prompt and keeps what came") {
  const Machine machine;
  const StubServer server([&machine](const Client& client) {
    client.say(http_answer("200 OK", "x/y", machine.content).substr(0, 2000));
    static_cast<void>(client.gone_within(3s));
  });
  std::stop_source stop;
  const auto start = std::chrono::steady_clock::now();
  const auto installed =
      machine.fetched(server.url()).install("petit", [&stop](Stage, std::int64_t, std::int64_t) { stop.request_stop(); }, stop.get_token());
  REQUIRE_FALSE(installed);
  CHECK(installed.error().code == Code::cancelled);
  CHECK(std::chrono::steady_clock::now() - start < 250ms);
  CHECK(fs::file_size(machine.part()) > 0);
}

TEST_CASE("two installations at once: the second is told to wait") {
  const Machine machine;
  fs::create_directories(machine.models);
  const int other = ::open(machine.part().c_str(), O_RDWR | O_CREAT, 0640);
  REQUIRE(::flock(other, LOCK_EX) == 0);
  CHECK(machine.fault(machine.joined()).code == Code::conflict);
  ::close(other);
}

TEST_CASE("a model in use is not removed; a damaged one is found out; one put there by hand is taken when it is right") {
  const Machine machine;
  const ModelStore store = machine.joined();
  CHECK(store.remove("petit").error().code == Code::not_found);
  CHECK(store.remove("grand").error().code == Code::invalid_argument);
  REQUIRE(store.install("petit", {}, {}));
  {
    const auto hold = ModelHold::take(machine.file());
    REQUIRE(hold);
    CHECK(store.state_of(store.catalogue().front()).in_use);
    CHECK(store.remove("petit").error().code == Code::conflict);
  }
  std::string damaged = machine.content;
  damaged[6000] = 'z';
  REQUIRE(write_file_atomically(machine.file(), damaged));
  CHECK(store.check("petit", {}, {}).error().code == Code::bad_input);
  CHECK(store.path_of("petit").error().code == Code::unavailable);
  CHECK(store.install("petit", {}, {}).error().code == Code::bad_input);
  REQUIRE(store.remove("petit"));
  CHECK(fs::is_empty(machine.models));
  CHECK(ModelHold::take(machine.file()).error().code == Code::not_found);

  REQUIRE(write_file_atomically(machine.file(), machine.content));
  CHECK(store.state_of(store.catalogue().front()).presence == Presence::unverified);
  CHECK(store.install("petit", {}, {}).value());
  machine.check_installed(store);
}

TEST_CASE("the catalogue: one model of pinned pieces that add up, and the administrator's, held to the letter") {
  auto catalogue = built_in_models();
  REQUIRE(catalogue.size() == 1);
  std::int64_t total = 0;
  for (const ModelPart& part : catalogue[0].parts) {
    total += part.size_bytes;
    CHECK(crypto::is_sha256(part.sha256));
  }
  CHECK(catalogue[0].id == kDefaultModel);
  CHECK(total == catalogue[0].size_bytes);

  CatalogueEntry mine;
  mine.id = "mistral-7b";
  mine.url = "https://exemple.fr/m.gguf?download=true";
  mine.sha256 = std::string(64, 'a');
  mine.size_bytes = 4'000'000'000;
  mine.licence = "Apache-2.0";
  REQUIRE(add_model(catalogue, mine));
  CHECK(catalogue[1].measured.empty());
  CHECK_FALSE(catalogue[1].untried.empty());
  const auto refused = [&catalogue, &mine](auto change) {
    CatalogueEntry other = mine;
    other.id = "autre";
    change(other);
    const Status status = add_model(catalogue, other);
    return !status && status.error().code == Code::invalid_argument;
  };
  CHECK(refused([](CatalogueEntry& entry) { entry.id = "mistral-7b"; }));
  CHECK(refused([](CatalogueEntry& entry) { entry.id = "../evil"; }));
  CHECK(refused([](CatalogueEntry& entry) { entry.id = ".cache"; }));
  CHECK(refused([](CatalogueEntry& entry) { entry.sha256 = "abc"; }));
  CHECK(refused([](CatalogueEntry& entry) { entry.size_bytes = 0; }));
  CHECK(refused([](CatalogueEntry& entry) { entry.licence.clear(); }));
  CHECK(refused([](CatalogueEntry& entry) { entry.url = "http://exemple.fr/m.gguf"; }));
  CHECK(readable_size(1'117'320'768) == "1,1\u00a0Go");
  CHECK(readable_size(52'428'800) == "52\u00a0Mo");
  CHECK(readable_size(12) == "12\u00a0octets");
}

TEST_CASE("SHA-256 of known texts") {
  CHECK(hash("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
