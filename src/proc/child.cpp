#include "proc/child.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/close_range.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string_view>
#include <thread>
#include <utility>

namespace beffroi::proc {

namespace {

using std::chrono::milliseconds;

constexpr int kFirstFree = kChildChannel + 1;
constexpr int kOutOfTheWay = 10;  // above the descriptors the child rearranges
constexpr int kMaxDescriptor = 65'536;
constexpr std::string_view kFirstToGo = "500";  // of 1000, in /proc/self/oom_score_adj

struct Descriptor {
  int fd = -1;
  explicit Descriptor(int opened) : fd(opened) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }
  void close() {
    if (fd >= 0) ::close(std::exchange(fd, -1));
  }
  int release() { return std::exchange(fd, -1); }
  void move_out_of_the_way() {
    const int moved = ::fcntl(fd, F_DUPFD_CLOEXEC, kOutOfTheWay);
    if (moved < 0) return;
    ::close(fd);
    fd = moved;
  }
};

// What the child needs between fork and exec, made ready before: there it may only call what is safe in a copy of one thread.
struct Launch {
  std::vector<char*> words;
  int socket;
  int failure;  // where to write why exec failed
  int nothing;  // /dev/null
  pid_t parent;
};

void close_the_rest_on_exec() {
  if (::close_range(kFirstFree, ~0U, CLOSE_RANGE_CLOEXEC) == 0) return;
  for (int fd = kFirstFree; fd < kMaxDescriptor; ++fd) ::fcntl(fd, F_SETFD, FD_CLOEXEC);
}

void forget_signals() {
  for (int signal = 1; signal < NSIG; ++signal) {
    if (signal != SIGKILL && signal != SIGSTOP) ::signal(signal, SIG_DFL);
  }
  sigset_t none;
  ::sigemptyset(&none);
  ::pthread_sigmask(SIG_SETMASK, &none, nullptr);
}

// When memory runs out the kernel ends the child, and the server that restarts it stays.
void be_the_first_to_go() {
  const int file = ::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  [[maybe_unused]] const ssize_t told = ::write(file, kFirstToGo.data(), kFirstToGo.size());
  ::close(file);
}

[[noreturn]] void become(const Launch& launch) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != launch.parent) ::_exit(1);  // it died before the line above
  forget_signals();
  be_the_first_to_go();
  ::dup2(launch.nothing, STDIN_FILENO);
  ::dup2(STDERR_FILENO, STDOUT_FILENO);
  ::dup2(launch.socket, kChildChannel);
  close_the_rest_on_exec();
  ::execv(launch.words[0], launch.words.data());
  const int reason = errno;
  [[maybe_unused]] const ssize_t told = ::write(launch.failure, &reason, sizeof reason);
  ::_exit(127);
}

tl::unexpected<Error> cannot_start(const std::string& program, int reason) {
  return fail(Code::unavailable,
              "Impossible de démarrer un processus de Beffroi\u00a0: vérifiez la mémoire libre et le nombre de processus permis.",
              fmt::format("{}: {}", program, std::strerror(reason)));
}

Exit exit_of(int status) {
  if (WIFSIGNALED(status)) return {0, WTERMSIG(status)};
  return {WEXITSTATUS(status), 0};
}

}  // namespace

Result<Child> Child::start(const std::vector<std::string>& command, std::size_t max_frame_bytes) {
  if (command.empty()) return fail(Code::invalid_argument, "Aucun programme à démarrer.");
  std::array<int, 2> ends{-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return cannot_start(command[0], errno);
  Descriptor ours(ends[0]);
  Descriptor theirs(ends[1]);
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return cannot_start(command[0], errno);
  Descriptor failure_out(ends[0]);
  Descriptor failure_in(ends[1]);
  Descriptor nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  if (nothing.fd < 0) return cannot_start(command[0], errno);
  for (Descriptor* each : {&theirs, &failure_in, &nothing}) each->move_out_of_the_way();

  Launch launch{{}, theirs.fd, failure_in.fd, nothing.fd, ::getpid()};
  for (const std::string& word : command) launch.words.push_back(const_cast<char*>(word.c_str()));
  launch.words.push_back(nullptr);

  const pid_t pid = ::fork();
  if (pid < 0) return cannot_start(command[0], errno);
  if (pid == 0) become(launch);
  Child child(pid, FrameChannel(ours.release(), max_frame_bytes));
  theirs.close();
  failure_in.close();
  int reason = 0;
  ssize_t told = 0;
  while ((told = ::read(failure_out.fd, &reason, sizeof reason)) < 0 && errno == EINTR) {
  }
  if (told == sizeof reason) return cannot_start(command[0], reason);
  return child;
}

Child::Child(Child&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)), channel_(std::move(other.channel_)), exit_(std::exchange(other.exit_, std::nullopt)) {}

Child::~Child() {
  if (pid_ != 0) kill(milliseconds(0));
}

std::optional<Exit> Child::ended() {
  if (exit_ || pid_ == 0) return exit_;
  int status = 0;
  pid_t gone = 0;
  while ((gone = ::waitpid(pid_, &status, WNOHANG)) < 0 && errno == EINTR) {
  }
  if (gone == pid_) exit_ = exit_of(status);
  else if (gone < 0) exit_ = Exit{};  // someone else took its end: it is gone
  return exit_;
}

std::optional<Exit> Child::wait(milliseconds time) {
  const auto limit = Clock::now() + time;
  for (milliseconds pause{1}; !ended() && Clock::now() < limit; pause = std::min(pause * 2, milliseconds(20))) {
    std::this_thread::sleep_for(pause);
  }
  return exit_;
}

Exit Child::kill(milliseconds grace) {
  const auto signal_group = [this](int signal) {
    if (::kill(-pid_, signal) != 0) ::kill(pid_, signal);  // before its setpgid
  };
  if (!ended() && grace.count() > 0) {
    signal_group(SIGTERM);
    wait(grace);
  }
  if (!ended()) {
    signal_group(SIGKILL);
    int status = 0;
    pid_t gone = 0;
    while ((gone = ::waitpid(pid_, &status, 0)) < 0 && errno == EINTR) {
    }
    exit_ = gone == pid_ ? exit_of(status) : Exit{};
  }
  return *exit_;
}

}  // namespace beffroi::proc
