#include "proc/frames.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <random>
#include <thread>

using namespace beffroi;
using namespace beffroi::proc;
using namespace std::chrono_literals;

namespace {

struct Pair {
  Pair() { REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0); }
  std::array<int, 2> ends{};
};

}  // namespace

TEST_CASE("messages of every size come through whole and in order, both ways") {
  const Pair pair;
  FrameChannel left(pair.ends[0]);
  FrameChannel right(pair.ends[1]);
  std::mt19937 random(7);
  std::vector<std::string> sent{"", "a", std::string(4, '\0'), std::string(3 << 20, 'z')};
  for (int i = 0; i < 300; ++i) sent.emplace_back(random() % 9000, static_cast<char>('a' + i % 26));
  std::jthread echo([&] {
    while (auto message = right.receive()) {
      if (!right.send(*message)) return;
    }
  });
  std::jthread sender([&] {
    for (const auto& message : sent) CHECK(left.send(message));
  });
  for (const auto& message : sent) CHECK(left.receive(Wait::at_most(10s)).value() == message);
  sender.join();
  {
    const FrameChannel closed = std::move(left);
  }
}

TEST_CASE("a message that comes byte by byte, with waits that end in the middle, is not lost") {
  const Pair pair;
  FrameChannel reader(pair.ends[0]);
  const std::string bytes = std::string("\x05\0\0\0", 4) + "mairi";
  std::string got;
  int timeouts = 0;
  for (const char byte : bytes) {
    REQUIRE(::write(pair.ends[1], &byte, 1) == 1);
    const auto message = reader.receive(Wait::at_most(2ms));
    if (message) got = *message;
    else timeouts += message.error().code == Code::timeout ? 1 : 0;
  }
  CHECK(got == "mairi");
  CHECK(timeouts == static_cast<int>(bytes.size()) - 1);
  ::close(pair.ends[1]);
}

TEST_CASE("a message over the limit is refused on both sides, and nothing is read after it") {
  const Pair pair;
  FrameChannel small(pair.ends[0], 100);
  FrameChannel large(pair.ends[1]);
  CHECK(small.send(std::string(101, 'x')).error().code == Code::too_large);
  REQUIRE(large.send(std::string(101, 'x')));
  REQUIRE(large.send("after"));
  CHECK(small.receive(Wait::at_most(1s)).error().code == Code::too_large);
  CHECK(small.receive(Wait::at_most(1s)).error().code == Code::unavailable);
  CHECK(small.send("x").error().code == Code::unavailable);
}

TEST_CASE("a peer that closed is an error, not a signal; what it had said is still read") {
  const Pair pair;
  FrameChannel left(pair.ends[0]);
  {
    FrameChannel right(pair.ends[1]);
    REQUIRE(right.send("adieu"));
  }
  CHECK(left.receive().value() == "adieu");
  CHECK(left.receive().error().code == Code::unavailable);
  for (int i = 0; i < 3; ++i) CHECK(left.send(std::string(1 << 20, 'x')).error().code == Code::unavailable);
}

TEST_CASE("a peer that closes in the middle of a message") {
  const Pair pair;
  FrameChannel left(pair.ends[0]);
  REQUIRE(::write(pair.ends[1], "\x09\0\0\0half", 8) == 8);
  ::close(pair.ends[1]);
  CHECK(left.receive().error().code == Code::unavailable);
}

TEST_CASE("a stop ends a wait at once, in either direction") {
  const Pair pair;
  FrameChannel left(pair.ends[0], 64 << 20);
  std::stop_source stop;
  std::jthread later([&] {
    std::this_thread::sleep_for(30ms);
    stop.request_stop();
  });
  const auto before = Clock::now();
  CHECK(left.receive({Clock::time_point::max(), stop.get_token()}).error().code == Code::cancelled);
  CHECK(Clock::now() - before < 500ms);
  CHECK(left.send(std::string(32 << 20, 'x'), {Clock::time_point::max(), stop.get_token()}).error().code == Code::cancelled);
  ::close(pair.ends[1]);
}

TEST_CASE("a peer that does not read: the sender's deadline holds, and half a message breaks the channel") {
  const Pair pair;
  FrameChannel left(pair.ends[0], 64 << 20);
  CHECK(left.send(std::string(32 << 20, 'x'), Wait::at_most(30ms)).error().code == Code::timeout);
  CHECK(left.send("x", Wait::at_most(30ms)).error().code == Code::unavailable);
  ::close(pair.ends[1]);
}

TEST_CASE("several senders never mix their messages") {
  const Pair pair;
  FrameChannel left(pair.ends[0]);
  FrameChannel right(pair.ends[1]);
  constexpr int kEach = 200;
  {
    std::vector<std::jthread> senders;
    for (char letter = 'a'; letter < 'e'; ++letter) {
      senders.emplace_back([&left, letter] {
        for (int i = 0; i < kEach; ++i) CHECK(left.send(std::string(1000 + 37 * i, letter)));
      });
    }
    for (int i = 0; i < 4 * kEach; ++i) {
      const auto message = right.receive(Wait::at_most(10s));
      REQUIRE(message);
      CHECK(message->find_first_not_of(message->front()) == std::string::npos);
    }
  }
}

TEST_CASE("a program started by hand has no channel") {
  // Descriptor 3 may be anything here but a socket of ours.
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  const int kept = ::fcntl(kChildChannel, F_DUPFD_CLOEXEC, 20);
  ::dup2(nothing, kChildChannel);
  CHECK(FrameChannel::of_child().error().code == Code::unavailable);
  if (kept >= 0) ::dup2(kept, kChildChannel);
  else if (nothing != kChildChannel) ::close(kChildChannel);
  if (kept >= 0) ::close(kept);
  ::close(nothing);
}
