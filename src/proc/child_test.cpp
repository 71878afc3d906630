#include "proc/child.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <thread>

#include "proc/testing/roles.h"

using namespace beffroi;
using namespace beffroi::proc;
using namespace std::chrono_literals;
using proc::testing::role;

namespace {

// Gone, or a zombie that the system's first process has yet to take.
bool gone(pid_t pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  if (!std::getline(stat, line)) return true;
  return line.find(") Z ") != std::string::npos;
}

bool within(std::chrono::milliseconds time, const auto& condition) {
  const auto limit = Clock::now() + time;
  while (!condition() && Clock::now() < limit) std::this_thread::sleep_for(2ms);
  return condition();
}

}  // namespace

TEST_CASE("a child answers, and ends when its channel is asked to") {
  auto child = Child::start(role("echo"));
  REQUIRE(child);
  for (const char* text : {"bonjour", "", "encore"}) {
    REQUIRE(child->channel().send(text));
    CHECK(child->channel().receive(Wait::at_most(10s)).value() == text);
  }
  CHECK_FALSE(child->ended());
  const Exit exit = child->kill(5s);
  CHECK(exit.signal == SIGTERM);
}

TEST_CASE("a child killed from outside is an end of the channel, and leaves no zombie") {
  pid_t pid = 0;
  {
    auto child = Child::start(role("echo"));
    REQUIRE(child);
    pid = child->pid();
    ::kill(pid, SIGKILL);
    CHECK(child->channel().receive(Wait::at_most(10s)).error().code == Code::unavailable);
    REQUIRE(child->wait(5s));
    CHECK(child->ended()->signal == SIGKILL);
    CHECK(child->ended()->in_words().find("signal 9") != std::string::npos);
    CHECK_FALSE(child->channel().send("x"));
  }
  CHECK(::waitpid(pid, nullptr, WNOHANG) == -1);
  CHECK(errno == ECHILD);
}

TEST_CASE("a child deaf to TERM is killed after the grace") {
  auto child = Child::start(role("deaf to TERM"));
  REQUIRE(child);
  REQUIRE(child->channel().receive(Wait::at_most(10s)));
  const auto before = Clock::now();
  CHECK(child->kill(80ms).signal == SIGKILL);
  CHECK(Clock::now() - before >= 80ms);
}

TEST_CASE("a child let go of is ended and taken") {
  pid_t pid = 0;
  {
    auto child = Child::start(role("never ready"));
    REQUIRE(child);
    pid = child->pid();
  }
  CHECK(::waitpid(pid, nullptr, WNOHANG) == -1);
}

TEST_CASE("a child is given four descriptors, no blocked signal, and goes first when memory runs out") {
  // On purpose not closed on exec.
  const int leak = ::fcntl(STDERR_FILENO, F_DUPFD, 40);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
  auto child = Child::start(role("what it was given"));
  ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
  ::close(leak);
  REQUIRE(child);
  const std::string given = child->channel().receive(Wait::at_most(10s)).value();
  CAPTURE(given);
  CHECK(given.find("TERM blocked") == std::string::npos);
  // Its own listing and the /dev/null of the report come on top.
  for (const char* number : {"0 ", "1 ", "2 ", "3 "}) CHECK(given.find(number) != std::string::npos);
  CHECK(std::count(given.begin(), given.end(), ' ') <= 6);
  CHECK(given.find("40 ") == std::string::npos);
  CHECK(child->channel().receive(Wait::at_most(10s)).value() == "500");
}

TEST_CASE("a program that is not there is an error of the start") {
  const auto child = Child::start({"/nowhere/beffroi"});
  REQUIRE_FALSE(child);
  CHECK(child.error().code == Code::unavailable);
  CHECK(child.error().detail.find("/nowhere/beffroi") != std::string::npos);
  CHECK_FALSE(Child::start({}));
}

TEST_CASE("a child dies with its parent, even killed with no time to say so") {
  auto mother = Child::start(role("mother"));
  REQUIRE(mother);
  const auto pid = static_cast<pid_t>(std::stol(mother->channel().receive(Wait::at_most(10s)).value()));
  CHECK_FALSE(gone(pid));
  ::kill(mother->pid(), SIGKILL);
  CHECK(within(5s, [pid] { return gone(pid); }));
}

TEST_CASE("an exit in words") {
  CHECK(Exit{0, 0}.in_words() == "arrêt normal");
  CHECK(Exit{3, 0}.in_words() == "erreur 3");
  CHECK(Exit{0, SIGSEGV}.in_words() == "signal 11 (erreur d’accès à la mémoire)");
}
