//===- StoredTokens.h - tokens that outlive their parse -------------------===//
//
// The bodies of a prelude's functions are kept as tokens, after the work of the
// preprocessor. Units parse those that they need. A token is kept as a place
// in the precompiled header and the word it consists of.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_EXTRACT_STOREDTOKENS_H
#define BOOTORDER_EXTRACT_STOREDTOKENS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include <cstdint>
#include <string>
#include <vector>

namespace clang {
class ASTReader;
class Preprocessor;
class Token;
namespace serialization {
class ModuleFile;
} // namespace serialization
} // namespace clang

namespace bootorder {

struct StoredToken {
  static constexpr uint32_t None = ~0u;
  uint32_t Location = 0; ///< as the parse of the prelude numbered it
  uint32_t Word = None;  ///< of an identifier, keyword or literal
  uint32_t Length = 0;   ///< bytes
  uint16_t Kind = 0;     ///< clang::tok::TokenKind
  uint16_t Flags = 0;    ///< clang::Token::TokenFlags
};

/// Plain data, fit to be kept on disk.
struct StoredTokens {
  std::vector<StoredToken> Tokens;
  std::vector<std::string> Words; ///< each once
};

/// A function that a header defines for its units.
struct PreludeFunction {
  std::string Name;
  uint64_t Key = 0;
  /// Functions of the prelude that its body may name, sorted.
  std::vector<uint32_t> Uses;
  uint32_t Declaration = 0;            ///< number in the precompiled header
  uint32_t FirstToken = 0, Tokens = 0; ///< its body, in PreludeTable::Bodies
};

/// Fills StoredTokens.
class TokenKeeper {
public:
  StoredTokens Kept;
  /// \p Token is no annotation.
  StoredToken store(const clang::Token &Token);

private:
  llvm::StringMap<uint32_t> Known; ///< of Kept.Words
};

/// \p Tokens, of \p Words that live on, as a unit sees them that is parsed with
/// the precompiled header \p Module.
std::vector<clang::Token> loadTokens(llvm::ArrayRef<StoredToken> Tokens,
                                     llvm::ArrayRef<std::string> Words,
                                     clang::Preprocessor &PP,
                                     clang::ASTReader &Reader,
                                     clang::serialization::ModuleFile &Module);

} // namespace bootorder

#endif
