"""Tables of the ledger. Nothing here is updated or deleted, and the database refuses it (`triggers`)."""

from typing import ClassVar

from django.db import models

from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger.fields import Code
from jieyou.kernel.ledger.registry import chained

CHAIN_LENGTH = 100


class Chained(models.Model):
    """One link of a chain. `body` is the truth: canonical JSON, hashed as stored.

    The other columns repeat it for the database's sake. `in_body` names those of a subclass, column → key of
    the body: `chain.build` copies them into the body and `audit verify` compares them.
    """

    in_body: ClassVar[dict[str, str]] = {}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    chain = Code("链", max_length=CHAIN_LENGTH)
    seq = models.PositiveIntegerField("序号")  # from 1, without gaps
    at = models.DateTimeField("时间")
    body = models.TextField("正文")
    prev = Code("上一条指纹", max_length=64, blank=True)  # "" for the first of a chain
    hash = Code("指纹", max_length=64)

    class Meta:
        abstract = True
        constraints = (models.UniqueConstraint(fields=["chain", "seq"], name="%(class)s_chain_seq"),)

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq}"


@chained
class Record(Chained):
    """A link about anything but a case: register rows, looks, erasures, imports, dials."""

    in_body: ClassVar[dict[str, str]] = {"kind": "kind"}

    kind = Code("类别", max_length=40)

    class Meta(Chained.Meta):
        verbose_name = verbose_name_plural = "记录"
        indexes = (models.Index(fields=["kind", "at"], name="record_kind_at"),)


class Payload(models.Model):
    """Words and personal data of one link of any chained table; `text` and `salt` are "" once erased."""

    record = models.UUIDField(primary_key=True)
    salt = Code(max_length=32, blank=True)  # 16 random bytes in hex
    text = models.TextField(blank=True)  # canonical JSON
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "记录内容"

    def __str__(self) -> str:
        return self.record.hex


class Checkpoint(models.Model):
    """A signed root over the heads of all chains that grew since the checkpoint before."""

    no = models.PositiveIntegerField("编号", primary_key=True)  # from 1, without gaps
    at = models.DateTimeField("时间")
    root = Code("根值", max_length=64)
    signature = Code("签名", max_length=128)  # Ed25519, hex
    key_id = Code("公钥编号", max_length=32)
    heads_count = models.PositiveIntegerField("链头数")

    class Meta:
        verbose_name = verbose_name_plural = "检查点"

    def __str__(self) -> str:
        return f"第{self.no}号检查点"


class Head(models.Model):
    """The last link of one chain at one checkpoint; made by the database itself (`checkpoint.take`)."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="heads")
    table = Code("表", max_length=63)
    chain = Code("链", max_length=CHAIN_LENGTH)
    seq = models.PositiveIntegerField("序号")
    hash = Code("指纹", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "链头"
        constraints = (
            models.UniqueConstraint(fields=["table", "chain", "seq"], name="head_table_chain_seq"),
        )

    def __str__(self) -> str:
        return f"{self.table} {self.chain}#{self.seq}"
