"""The MPs' side: the sitting, and each question as put."""

from consult.questions.models import Hearing, Put, PutState
from consult.questions.queries import put_of

__all__ = ["Hearing", "Put", "PutState", "put_of"]
