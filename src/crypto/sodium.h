// Inside the room: libsodium made ready.
#pragma once

namespace beffroi::crypto {

// Once for the program, from any thread; stops it when the system gives no random bytes, for nothing would be secret then.
void sodium_is_ready();

}  // namespace beffroi::crypto
