// A browser that an account has already signed in with carries a proof of it: such a browser is counted apart from strangers that try the
// account's password (throttle.h). It opens nothing by itself and does not say whose it is. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

namespace beffroi::people {

// « <nonce>.<proof> », made with the account's own key, which changes with its password.
[[nodiscard]] std::string new_device(std::string_view device_key);
// Its nonce, when the proof is this account's; empty otherwise, and always without a key: there is no such account.
[[nodiscard]] std::string known_device(std::string_view device_key, std::string_view device);

}  // namespace beffroi::people
