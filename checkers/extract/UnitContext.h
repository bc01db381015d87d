//===- UnitContext.h - one parsed unit, and how its places are named ------===//

#ifndef BOOTORDER_EXTRACT_UNITCONTEXT_H
#define BOOTORDER_EXTRACT_UNITCONTEXT_H

#include "extract/MacroHistory.h"
#include "extract/PreludeReplay.h"
#include "model/FactsBuilder.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"
#include <string>
#include <vector>

namespace bootorder {

/// \p File, as a command that runs in \p Directory names it, as an absolute
/// path without dots.
std::string plainPath(llvm::StringRef File, llvm::StringRef Directory);

/// Values that __COUNTER__ took, by the place of the outermost expansion.
///
/// Names pasted from it differ between two parses of the same header, so they
/// must not enter an identity.
using CounterValues =
    llvm::DenseMap<clang::SourceLocation, llvm::SmallVector<unsigned, 2>>;

/// What all functions of one unit share while they are lowered.
class UnitContext {
public:
  /// \p Directory is where the command ran; \p SourceRoot the kernel root.
  UnitContext(clang::ASTContext &Ast, std::string Directory,
              std::string SourceRoot)
      : Ast(Ast), Sources(Ast.getSourceManager()),
        Directory(std::move(Directory)), SourceRoot(std::move(SourceRoot)) {}

  clang::ASTContext &Ast;
  clang::SourceManager &Sources;
  CounterValues Counters;
  /// The function whose body the preprocessor is in, by a hash of its name; 0:
  /// none, or one that no other unit shares.
  uint64_t Body = 0;
  MacroHistory Macros;
  /// The preprocessor enters the body of \p F.
  void enterBody(const clang::FunctionDecl &F);
  /// Content keys of header functions, by the declaration that has the body.
  llvm::DenseMap<const clang::FunctionDecl *, uint64_t> HeaderKeys;
  /// The prelude this unit is parsed with, and what of it the unit asked for.
  /// Both null in a plain parse.
  const PreludeIndex *Prelude = nullptr;
  PreludeReplay *Replay = nullptr;

  /// Path of \p File relative to the kernel root or, for generated files, to
  /// where the command ran; absolute elsewhere.
  llvm::StringRef path(clang::FileID File);
  /// Whether \p Loc is in a file that others include as a header, that is not
  /// in the main file nor in another `.c` file.
  bool isInHeader(clang::SourceLocation Loc);
  /// Path of the main file, as path() gives it.
  llvm::StringRef mainPath();
  /// Absolute path of \p File without dots; empty if it is no file.
  std::string absolutePath(clang::FileID File) const;
  std::string absolutePath(llvm::StringRef File) const {
    return plainPath(File, Directory);
  }
  /// Whether the unit reads what is written at \p Loc: all but headers of the
  /// prelude that it did not ask for.
  bool isRead(clang::SourceLocation Loc);
  /// Key of the header function \p Name of the prelude, 0 if there is none.
  /// The unit's facts rest on that function from now on.
  uint64_t preludeKey(llvm::StringRef Name) const;
  /// \p D's name with the digits that __COUNTER__ gave it as '#'.
  std::string stableName(const clang::NamedDecl &D) const;
  /// Key of the header function \p F is, 0 if it is not one.
  uint64_t headerKey(const clang::FunctionDecl &F) const;

private:
  llvm::ArrayRef<unsigned> counters(clang::SourceLocation Expansion) const;

  std::string Directory, SourceRoot;
  llvm::DenseMap<clang::FileID, std::string> Paths;
  llvm::DenseMap<clang::FileID, bool> Headers;
  llvm::DenseMap<clang::FileID, bool> Read; ///< of the prelude's files
};

/// The low 64 bits of \p Number, extended by its own sign.
int64_t lowBits(const llvm::APSInt &Number);

/// Path of \p File as UnitContext::path gives it.
std::string treePath(llvm::StringRef File, llvm::StringRef Directory,
                     llvm::StringRef SourceRoot);

/// Whether the definition \p F makes no symbol: `extern inline` as GNU C89 has
/// it, `inline` alone as C99 does. GNU C89's `inline` alone is the definition.
bool isForInliningOnly(const clang::FunctionDecl &F);

/// Whether \p F's body is shared through headers: defined in one, and either
/// static or only there for inlining.
bool isHeaderFunction(const clang::FunctionDecl &F, UnitContext &Unit);

} // namespace bootorder

#endif
