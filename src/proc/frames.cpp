#include "proc/frames.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <cstdint>
#include <cstring>
#include <mutex>
#include <optional>

namespace beffroi::proc {

namespace {

constexpr std::size_t kLengthBytes = 4;
constexpr std::size_t kReadBytes = 64 << 10;
constexpr std::chrono::hours kLongestWait{24 * 365};  // what a condition variable can count to

tl::unexpected<Error> broken(const char* detail) {
  return fail(Code::unavailable, "La liaison avec un processus de Beffroi est rompue.", detail);
}

tl::unexpected<Error> over_limit() {
  return fail(Code::too_large, "Un message entre deux processus de Beffroi dépasse la taille permise.", "frame over the limit");
}

tl::unexpected<Error> stopped() { return fail(Code::cancelled, "L’opération a été arrêtée."); }

tl::unexpected<Error> late() { return fail(Code::timeout, "Un processus de Beffroi n’a pas répondu à temps."); }

// A stop token as something poll() can wait for.
class StopBell {
 public:
  explicit StopBell(const std::stop_token& stop) {
    if (!stop.stop_possible()) return;
    fd_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    ring_.emplace(stop, Ring{fd_});
  }
  StopBell(const StopBell&) = delete;
  StopBell& operator=(const StopBell&) = delete;
  ~StopBell() {
    ring_.reset();  // before the descriptor it writes to
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int fd() const { return fd_; }

 private:
  struct Ring {
    int fd;
    void operator()() const { ::eventfd_write(fd, 1); }
  };
  int fd_ = -1;
  std::optional<std::stop_callback<Ring>> ring_;
};

int milliseconds_left(Clock::time_point deadline) {
  if (deadline == Clock::time_point::max()) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
}

// Until the socket is ready for `events`; a peer that closed counts as ready, the call that follows says so.
Status wait_ready(int socket, short events, const Wait& wait) {
  if (wait.stop.stop_requested()) return stopped();
  const StopBell bell(wait.stop);
  while (true) {
    std::array<pollfd, 2> watched{{{socket, events, 0}, {bell.fd(), POLLIN, 0}}};
    const int ready = ::poll(watched.data(), watched.size(), milliseconds_left(wait.deadline));
    if (ready < 0 && errno != EINTR) return broken(std::strerror(errno));
    if (wait.stop.stop_requested()) return stopped();
    if (ready > 0 && watched[0].revents != 0) return {};
    if (Clock::now() >= wait.deadline) return late();
  }
}

std::string length_of(std::size_t size) {
  const auto length = static_cast<std::uint32_t>(size);
  std::string bytes(kLengthBytes, '\0');
  for (std::size_t i = 0; i < kLengthBytes; ++i) bytes[i] = static_cast<char>((length >> (8 * i)) & 0xff);
  return bytes;
}

std::size_t length_in(std::string_view bytes) {
  std::uint32_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) length |= std::uint32_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  return length;
}

}  // namespace

struct FrameChannel::State {
  int socket;
  std::size_t max_frame_bytes;
  std::atomic<bool> broken = false;
  std::mutex mutex;
  std::condition_variable_any turn_free;
  bool sending = false;
  std::string received;  // bytes come in and not yet given

  State(int fd, std::size_t limit) : socket(fd), max_frame_bytes(limit) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { ::close(socket); }

  // The right to send, for one message; a wait for it ends as any other.
  class Turn {
   public:
    explicit Turn(State& state) : state_(state) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() {
      if (!mine_) return;
      const std::lock_guard lock(state_.mutex);
      state_.sending = false;
      state_.turn_free.notify_one();
    }
    Status take(const Wait& wait) {
      std::unique_lock lock(state_.mutex);
      const auto deadline = std::min(wait.deadline, Clock::now() + kLongestWait);
      mine_ = state_.turn_free.wait_until(lock, wait.stop, deadline, [this] { return !state_.sending; });
      if (!mine_) return Status(wait.stop.stop_requested() ? stopped() : late());
      state_.sending = true;
      return {};
    }

   private:
    State& state_;
    bool mine_ = false;
  };

  // A whole message out of what came in, when there is one.
  Result<std::optional<std::string>> take_message() {
    if (received.size() < kLengthBytes) return std::nullopt;
    const std::size_t length = length_in(received);
    if (length > max_frame_bytes) {
      broken = true;
      return over_limit();
    }
    if (received.size() < kLengthBytes + length) return std::nullopt;
    std::string message = received.substr(kLengthBytes, length);
    received.erase(0, kLengthBytes + length);
    return message;
  }

  Status send_all(std::string_view bytes, const Wait& wait) {
    const std::size_t whole = bytes.size();
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent >= 0) {
        bytes.remove_prefix(static_cast<std::size_t>(sent));
        continue;
      }
      if (errno == EINTR) continue;
      if (errno != EAGAIN && errno != EWOULDBLOCK) {
        broken = true;
        return proc::broken(std::strerror(errno));
      }
      if (Status ready = wait_ready(socket, POLLOUT, wait); !ready) {
        if (bytes.size() != whole) broken = true;  // half a message is out: nothing after it would be understood
        return ready;
      }
    }
    return {};
  }
};

FrameChannel::FrameChannel(int socket, std::size_t max_frame_bytes) : state_(std::make_unique<State>(socket, max_frame_bytes)) {}
FrameChannel::FrameChannel(FrameChannel&&) noexcept = default;
FrameChannel& FrameChannel::operator=(FrameChannel&&) noexcept = default;
FrameChannel::~FrameChannel() = default;

Result<FrameChannel> FrameChannel::of_child() {
  int type = 0;
  socklen_t size = sizeof type;
  if (::getsockopt(kChildChannel, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type != SOCK_STREAM) {
    return fail(Code::unavailable, "Ce rôle n’est pas à lancer à la main\u00a0: c’est «\u00a0beffroi serve\u00a0» qui le démarre.",
                "no channel on descriptor 3");
  }
  ::fcntl(kChildChannel, F_SETFD, FD_CLOEXEC);  // a grandchild must not keep the channel open
  return FrameChannel(kChildChannel);
}

Status FrameChannel::send(std::string_view message, const Wait& wait) {
  if (message.size() > state_->max_frame_bytes) return over_limit();
  State::Turn turn(*state_);
  BEFFROI_CHECK(turn.take(wait));
  if (state_->broken) return broken("the channel is broken");
  return state_->send_all(length_of(message.size()).append(message), wait);
}

Result<std::string> FrameChannel::receive(const Wait& wait) {
  while (true) {
    if (state_->broken) return broken("the channel is broken");
    if (auto message = BEFFROI_TRY(state_->take_message())) return *std::move(message);
    std::array<char, kReadBytes> buffer;
    const ssize_t got = ::recv(state_->socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got > 0) {
      state_->received.append(buffer.data(), static_cast<std::size_t>(got));
      continue;
    }
    if (got == 0) {
      state_->broken = true;
      return broken("the peer closed");
    }
    if (errno == EINTR) continue;
    if (errno != EAGAIN && errno != EWOULDBLOCK) {
      state_->broken = true;
      return broken(std::strerror(errno));
    }
    BEFFROI_CHECK(wait_ready(state_->socket, POLLIN, wait));
  }
}

}  // namespace beffroi::proc
