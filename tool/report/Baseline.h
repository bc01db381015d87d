//===- Baseline.h - findings that a tree may keep for now -----------------===//
//
// A text that people review. Entries match by fingerprint and architecture,
// never by line; docs/baseline.md describes the file.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_TOOL_REPORT_BASELINE_H
#define BOOTORDER_TOOL_REPORT_BASELINE_H

#include "support/SourceRange.h"
#include "tool/report/Report.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/VersionTuple.h"
#include <optional>

namespace bootorder {

/// The day or the kernel from which an entry no longer counts.
struct Expiry {
  std::string Text; ///< as written; empty: never
  std::string Day;  ///< `2027-01-31`, or empty
  std::optional<llvm::VersionTuple> Kernel;
};

struct BaselineEntry {
  std::string Fingerprint, Rule;
  std::string Arch;               ///< empty for a tree that does not say
  std::vector<std::string> Roots; ///< the only ones that are accepted
  std::string In;                 ///< function and file, for readers
  std::string Chain;              ///< `start_kernel > init_IRQ > ...`
  std::string Owner, Reason;
  Expiry Expires;
  SourceRange Where; ///< of the entry in its file
};

struct Baseline {
  std::string File;
  /// Findings elsewhere do not fail the gate; relative to the kernel root,
  /// without a slash at the end. Empty: everywhere.
  std::vector<std::string> Directories;
  std::vector<BaselineEntry> Entries; ///< in the order of the file
  std::string Text;                   ///< all of the file
};

/// Reads \p Path. Errors: every mistake of the file with line and column.
llvm::Expected<Baseline> readBaseline(llvm::StringRef Path);
/// The same for \p Text, which messages say is from \p File.
llvm::Expected<Baseline> parseBaseline(llvm::StringRef Text,
                                       llvm::StringRef File);

/// Who accepts a finding, and why: what nobody can compute.
struct Acceptance {
  std::string Owner, Reason, Expires;
};

/// \p F as an entry for \p Arch.
BaselineEntry entryOf(const Finding &F, llvm::StringRef Arch,
                      const Acceptance &By);

/// What a change does to a baseline; entries by their index.
struct BaselineEdit {
  std::vector<BaselineEntry> Replaced;    ///< as many as there were entries
  std::vector<bool> IsChanged, IsDropped; ///< as many
  std::vector<BaselineEntry> Added;
};

/// \p B without a change, to be changed.
BaselineEdit editOf(const Baseline &B);

/// The text of \p B with \p Edit done to it: lines of entries that stay as they
/// are, and what is written between them, stay as they are.
std::string editedText(const Baseline &B, const BaselineEdit &Edit);

/// The entry of \p B that accepts fingerprint and architecture; none: null.
const BaselineEntry *findEntry(const Baseline &B, const Finding &F,
                               llvm::StringRef Arch);

/// Roots of \p F that \p Entry does not list.
std::vector<std::string> rootsBeyond(const BaselineEntry &Entry,
                                     const Finding &F);

/// An error unless \p Text is a day, a kernel version, or empty.
llvm::Error checkExpiry(llvm::StringRef Text);

/// Whether \p Expires has come, on \p Today (`2026-11-23`) or in \p Kernel.
bool hasExpired(const Expiry &Expires, llvm::StringRef Today,
                llvm::StringRef Kernel);

/// Sets the standings of \p R that are new so far, and adds a remark for every
/// entry of R.Arch that no finding needs any more. Findings of an incomplete
/// analysis may be missing: then there are no such remarks.
void applyBaseline(const Baseline &B, llvm::StringRef Today, Report &R);

/// The day it is in UTC, `2026-11-23`.
std::string today();

} // namespace bootorder

#endif
