//===- FactsCodec.h - facts to and from FlatBuffers, for this folder ------===//

#ifndef BOOTORDER_STORE_FACTSCODEC_H
#define BOOTORDER_STORE_FACTSCODEC_H

#include "store/FactsFile.h"
#include "store/facts_generated.h"

namespace bootorder {

flatbuffers::Offset<store::Module>
encodeModule(const FactsModule &Module, flatbuffers::FlatBufferBuilder &Out);

flatbuffers::Offset<store::Unit>
encodeUnit(const TuFacts &Facts, flatbuffers::FlatBufferBuilder &Out);

/// A unit, unless null, and header functions ascending by key.
flatbuffers::Offset<store::File>
encodeFile(const TuFacts *Unit, llvm::ArrayRef<const HeaderFacts *> Headers,
           flatbuffers::FlatBufferBuilder &Out);

/// What the facts of \p M take in a file, if no two share any.
uint64_t bytesOf(const store::Module &M);

/// Who wrote a file.
enum class OriginKind {
  Anyone,      ///< checkFacts() is asked about every fact
  ThisProgram, ///< facts as they left the extraction
};

/// \p File has passed FlatBuffers' verifier; it lies in \p Size bytes.
/// Errors: runs that do not add up, indices out of range, more facts than
/// Size has room for, which a forged file comes to by naming the same bytes
/// again and again; without the file's name.
llvm::Expected<FactsFile> decodeFile(const store::File &File, size_t Size,
                                     OriginKind Origin = OriginKind::Anyone);

/// Whether what \p Stored holds lies where the compiler may expect it.
/// FlatBuffers' verifier asks that of the number before it only.
template <typename T> bool isAligned(const flatbuffers::Vector<T> *Stored) {
  constexpr size_t Alignment = alignof(std::remove_pointer_t<T>);
  return !Stored || Stored->size() == 0 ||
         reinterpret_cast<uintptr_t>(Stored->Data()) % Alignment == 0;
}

/// Magic, version, packing and checksum around \p Body.
std::string wrapBody(llvm::StringRef Body);

/// The body of the file \p Bytes, unpacked, after its checksum was compared.
/// Errors: without the file's name.
llvm::Expected<std::vector<uint8_t>> unwrapBody(llvm::StringRef Bytes);

} // namespace bootorder

#endif
