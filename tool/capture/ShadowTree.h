#ifndef BOOTORDER_TOOL_CAPTURE_SHADOWTREE_H
#define BOOTORDER_TOOL_CAPTURE_SHADOWTREE_H

#include "tool/capture/KbuildTable.h"
#include "llvm/ADT/ArrayRef.h"

namespace bootorder {

/// A file as today's tools accept it.
struct EditedFile {
  std::string Path; ///< relative to the source root
  std::string Text;
};

/// Applies \p Edits to the files of \p SourceRoot that they name. The result
/// has only files whose text changes, sorted by path. Errors: a file that
/// exists and cannot be read.
llvm::Expected<std::vector<EditedFile>>
applyEdits(llvm::StringRef SourceRoot, llvm::ArrayRef<TextEdit> Edits);

/// Makes the folder \p Shadow look like \p SourceRoot with \p Files in place of
/// the originals: links to everything else, real folders on the way to an
/// edited file only. What a build leaves at the top of a source tree
/// (`.config`, `include/config`) is left out, so that Kbuild takes the tree for
/// a clean one. An older shadow there is replaced. Errors: path and reason.
llvm::Error makeShadowTree(llvm::StringRef SourceRoot,
                           llvm::ArrayRef<EditedFile> Files,
                           llvm::StringRef Shadow);

} // namespace bootorder

#endif // BOOTORDER_TOOL_CAPTURE_SHADOWTREE_H
