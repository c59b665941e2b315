from contacts.forms.people import EmployerForm, PeopleForm, PersonForm, ReviewForm

__all__ = ["EmployerForm", "PeopleForm", "PersonForm", "ReviewForm"]
