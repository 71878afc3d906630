// The children that the tests start: not run with the other cases.
#include <doctest/doctest.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "proc/child.h"
#include "proc/service.h"
#include "proc/testing/roles.h"

using namespace beffroi;
using namespace beffroi::proc;
using namespace std::chrono_literals;

namespace {

FrameChannel own_channel() {
  auto channel = FrameChannel::of_child();
  if (!channel) ::_exit(2);
  return *std::move(channel);
}

[[noreturn]] void sleep_for_ever() {
  while (true) std::this_thread::sleep_for(1h);
}

Status until_stopped(Reply& reply, const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    reply.alive();
    std::this_thread::sleep_for(2ms);
  }
  return fail(Code::cancelled, "Arrêté.");
}

// Does what the request says, good or bad.
Status obey(std::string_view request, Reply& reply, const std::stop_token& stop, FrameChannel& channel) {
  if (request == "crash") {
    BEFFROI_CHECK(reply.part("début"));
    ::signal(SIGABRT, SIG_DFL);  // not the report of the test framework
    std::abort();
  }
  if (request == "exit") ::_exit(3);
  if (request == "hang") sleep_for_ever();
  if (request == "work") return until_stopped(reply, stop);
  if (request == "refuse") return fail(Code::bad_input, "Grammaire fausse.", "grammar");
  if (request == "throw") throw std::runtime_error("out");
  if (request == "garbage") return channel.send("?");
  if (request == "oversized") return ::write(kChildChannel, "\xff\xff\xff\x7f", 4) == 4 ? Status{} : fail(Code::internal, "");
  if (request == "pid") return reply.part(std::to_string(::getpid()));
  if (request == "flood") {
    const std::string piece(1 << 16, 'x');
    while (!stop.stop_requested()) BEFFROI_CHECK(reply.part(piece));
    return {};
  }
  for (const char letter : request) BEFFROI_CHECK(reply.part(std::string_view(&letter, 1)));
  return {};
}

}  // namespace

TEST_CASE("role: worker" * doctest::skip()) {
  FrameChannel channel = own_channel();
  const auto handler = [&](std::string_view request, Reply& reply, const std::stop_token& stop) {
    return obey(request, reply, stop, channel);
  };
  ::_exit(serve(channel, handler, 4) ? 0 : 1);
}

TEST_CASE("role: echo" * doctest::skip()) {
  FrameChannel channel = own_channel();
  while (auto message = channel.receive()) {
    if (!channel.send(*message)) break;
  }
  ::_exit(0);
}

TEST_CASE("role: deaf to TERM" * doctest::skip()) {
  ::signal(SIGTERM, SIG_IGN);
  FrameChannel channel = own_channel();
  (void)channel.send("ready");
  sleep_for_ever();
}

TEST_CASE("role: dies at once" * doctest::skip()) { ::_exit(7); }

TEST_CASE("role: never ready" * doctest::skip()) { sleep_for_ever(); }

TEST_CASE("role: refuses" * doctest::skip()) {
  FrameChannel channel = own_channel();
  (void)refuse(channel, {Code::unavailable, "Le modèle est absent.", "no file"});
  ::_exit(1);
}

TEST_CASE("role: what it was given" * doctest::skip()) {
  std::string open;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) open += entry.path().filename().string() + " ";
  sigset_t blocked;
  ::pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
  open += ::sigismember(&blocked, SIGTERM) == 1 ? "TERM blocked" : "";
  std::string score;
  std::ifstream("/proc/self/oom_score_adj") >> score;
  FrameChannel channel = own_channel();
  (void)channel.send(open);
  (void)channel.send(score);
  ::_exit(0);
}

// Has a child of its own, says its number, and waits to be killed.
TEST_CASE("role: mother" * doctest::skip()) {
  FrameChannel channel = own_channel();
  auto child = Child::start(proc::testing::role("never ready"));
  if (!child) ::_exit(2);
  (void)channel.send(std::to_string(child->pid()));
  sleep_for_ever();
}
